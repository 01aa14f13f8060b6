using System.Text;
using System.Text.Json;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

internal static partial class TokenizerJson
{
    private static ByteLevelSettings ReadByteLevel(JsonFile file, JsonFile model, TokenizerConfig config)
    {
        JsonFile? normalizer = file.Object("normalizer");
        if (normalizer?.Text("type") is not (null or "NFC")) throw normalizer.Value.Refuse("type", "\"NFC\", or none");
        JsonFile preTokenizer = RequireObject(file, "pre_tokenizer", "ByteLevel");
        RequireFlag(preTokenizer, "use_regex", true);
        RequireFlag(model, "byte_fallback", false);
        RequireFlag(model, "ignore_merges", false);
        if (model.Number("dropout", new Vectors.ValueRange(0, 1)) is > 0) throw model.Refuse("dropout", "none");
        foreach (string affix in new[] { "continuing_subword_prefix", "end_of_word_suffix" })
        {
            if (model.Text(affix) is not (null or "")) throw model.Refuse(affix, "\"\"");
        }

        Vocabulary entries = ReadVocabulary(model);
        RequireBytes(model, entries);
        (Vocabulary vocabulary, IReadOnlyList<AddedToken> added) = WithAdded(file, config, entries);
        (string first, string last) = ReadTemplate(file, vocabulary);
        string[] merges = [.. model.Items("merges").Select((merge, place) => ReadMerge(model, merge, place, entries))];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (Array.Find(merges, merge => !seen.Add(merge)) is { } twice)
            throw new ModelLoadException(file.Path, $"the merge '{twice}' stands twice", "each merge once");
        return new ByteLevelSettings(vocabulary, added)
        {
            Merges = merges,
            AddPrefixSpace = config.PrefixSpaceOver(preTokenizer.Flag("add_prefix_space") ?? true, follows: true),
            Compose = normalizer is not null,
            UnknownToken = Array.Find(["<unk>", "[UNK]"], token => vocabulary.TryGetId(token, out _)),
            FirstToken = first,
            LastToken = last,
        };
    }

    private static void RequireFlag(JsonFile file, string member, bool expected)
    {
        if (file.Flag(member) == !expected) throw file.Refuse(member, expected ? "true" : "false");
    }

    // "Ġ t" in older files, ["Ġ", "t"] in newer ones.
    private static string ReadMerge(JsonFile model, JsonElement merge, int place, Vocabulary entries)
    {
        string[] parts = merge.ValueKind == JsonValueKind.String ? merge.GetString()!.Split(' ')
            : merge.ValueKind == JsonValueKind.Array && merge.EnumerateArray().All(part => part.ValueKind == JsonValueKind.String)
                ? [.. merge.EnumerateArray().Select(part => part.GetString()!)] : [];
        if (parts is [{ Length: > 0 } left, { Length: > 0 } right] && entries.TryGetId(left, out _)
            && entries.TryGetId(right, out _) && entries.TryGetId(left + right, out _))
            return $"{left} {right}";
        throw new ModelLoadException(model.Path, $"the merge at index {place} is {merge.GetRawText()}",
            "two entries that make a third");
    }

    // Without all of them some texts would lose letters.
    private static void RequireBytes(JsonFile model, Vocabulary entries)
    {
        string[] missing = [.. ByteLevelTokenizer.Alphabet.Where(each => !entries.TryGetId(each, out _))];
        if (missing.Length == 0) return;
        throw new ModelLoadException(model.Path,
            $"{missing.Length} of the 256 bytes are no entries, '{missing[0]}' for one", "a byte-level vocabulary");
    }
}
