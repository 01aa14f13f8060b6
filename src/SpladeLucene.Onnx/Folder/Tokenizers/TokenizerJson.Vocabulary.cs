using System.Text.Json;
using SpladeLucene.Onnx.Tokenization;
using SpladeLucene.Vectors;

namespace SpladeLucene.Onnx.Folder;

internal static partial class TokenizerJson
{
    // Keeps one absurd id from allocating gigabytes; the largest vocabularies in use have a quarter of a million.
    private const int LargestId = (1 << 22) - 1;

    /// <summary>What the id of a token may be.</summary>
    public static readonly ValueRange Ids = new(0, LargestId);

    // Ids may leave gaps; entries and ids are distinct.
    private static Vocabulary ReadVocabulary(JsonFile model)
    {
        JsonFile file = model.Object("vocab") ?? throw model.Refuse("vocab", "an object of entries with their ids");
        var entries = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonProperty entry in file.Element.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt32(out int id)
                || id is < 0 or > LargestId)
            {
                throw new ModelLoadException(file.Path,
                    $"the id of the entry '{entry.Name}' is {entry.Value.GetRawText()}", $"0 to {LargestId}");
            }

            if (!entries.TryAdd(entry.Name, id))
                throw new ModelLoadException(file.Path, $"the entry '{entry.Name}' stands twice", "each entry once");
        }

        return ById(file.Path, entries);
    }

    /// <summary>The vocabulary with the added tokens that the model doesn't have, and all added tokens.</summary>
    public static (Vocabulary Vocabulary, IReadOnlyList<AddedToken> Added) WithAdded(
        string path, Vocabulary model, IReadOnlyList<AddedToken> added)
    {
        var entries = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int id = 0; id < model.Size; id++)
        {
            if (model[id] is { } entry) entries.Add(entry, id);
        }

        foreach (AddedToken token in added)
        {
            if (entries.TryAdd(token.Content, token.Id) || entries[token.Content] == token.Id) continue;
            throw new ModelLoadException(path,
                $"the added token '{token.Content}' has the id {token.Id}, and the entry {entries[token.Content]}",
                "one id");
        }

        return (ById(path, entries), added);
    }

    private static AddedToken ReadAdded(JsonFile token) =>
        ReadAdded(token, token.Whole("id", Ids) ?? throw token.Refuse("id", $"{Ids}"));

    /// <summary>An added token whose id is given elsewhere.</summary>
    public static AddedToken ReadAdded(JsonFile token, int id)
    {
        bool special = token.Flag("special") ?? false;
        return new AddedToken(id, token.Text("content") ?? throw token.Refuse("content", "a string"))
        {
            Special = special,
            SingleWord = token.Flag("single_word") ?? false,
            StripLeft = token.Flag("lstrip") ?? false,
            StripRight = token.Flag("rstrip") ?? false,
            Normalized = token.Flag("normalized") ?? !special,
        };
    }

    private static Vocabulary ById(string path, Dictionary<string, int> entries)
    {
        if (entries.Count == 0) throw new ModelLoadException(path, "the vocabulary is empty", "entries with their ids");
        string?[] byId = new string?[entries.Values.Max() + 1];
        foreach ((string entry, int id) in entries)
        {
            if (byId[id] is { } other)
                throw new ModelLoadException(path, $"'{other}' and '{entry}' share the id {id}", "each id once");
            byId[id] = entry;
        }

        return new Vocabulary(byId);
    }
}
