using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

/// <summary>
/// tokenizer.json with a tokenizer of BERT's, a byte-level BPE or a Unigram in it, and what stands beside it. Settings that
/// change tokens are honoured or refused by name; how long texts are and padding are the encoder's own affair, as they are of
/// each call in Hugging Face's transformers.
/// </summary>
internal static partial class TokenizerJson
{
    private const int LongestSensibleWord = 1000;

    // What the token that fills rows up is called where no file says so.
    private static readonly string[] Paddings = [TokenizerSettings.DefaultPadding, "<pad>", "<|padding|>", "<|endoftext|>"];

    public static TokenizerSettings Read(string path)
    {
        JsonFile file = JsonFile.Read(path);
        Require(file, "version", "1.0");
        TokenizerConfig config = TokenizerConfig.Read(Path.Combine(Path.GetDirectoryName(path)!, TokenizerConfig.FileName));
        config.RequireCutAtTheEnd(file);
        JsonFile model = file.Object("model") ?? throw file.Refuse("model", "a WordPiece, BPE or Unigram model");
        TokenizerSettings settings =
            (model.OneOf("type", [("WordPiece", 0), ("BPE", 1), ("Unigram", 2)]) ?? 0) switch
            {
                0 => ReadBert(file, model, config),
                1 => ReadByteLevel(file, model, config),
                _ => ReadUnigram(file, model, config),
            };
        return settings with { PaddingToken = ReadPadding(file, config, settings.Vocabulary) };
    }

    private static BertSettings ReadBert(JsonFile file, JsonFile model, TokenizerConfig config)
    {
        JsonFile normalizer = RequireObject(file, "normalizer", "BertNormalizer");
        RequireObject(file, "pre_tokenizer", "BertPreTokenizer");
        Vocabulary modelEntries = ReadVocabulary(model);
        string unknown = model.Text("unk_token") ?? TokenizerSettings.DefaultUnknown;
        SpecialTokens.Require(file.Path, modelEntries, unknown);
        (string first, string last) = ReadTemplate(file, modelEntries);
        bool lowercase = normalizer.Flag("lowercase") ?? true;
        (Vocabulary vocabulary, IReadOnlyList<AddedToken> added) = WithAdded(file, config, modelEntries);
        return config.Over(new BertSettings(vocabulary, added)
        {
            CleanText = normalizer.Flag("clean_text") ?? true,
            SpaceIdeographs = normalizer.Flag("handle_chinese_chars") ?? true,
            StripAccents = normalizer.Flag("strip_accents") ?? lowercase,
            Lowercase = lowercase,
            UnknownToken = unknown,
            FirstToken = first,
            LastToken = last,
            ContinuingPrefix = model.Text("continuing_subword_prefix") ?? "##",
            LongestWord = LongestWord(model),
        });
    }

    // Tokens that stand beside the file are added behind its own, and count where both have one.
    private static (Vocabulary Vocabulary, IReadOnlyList<AddedToken> Added) WithAdded(
        JsonFile file, TokenizerConfig config, Vocabulary model)
    {
        AddedToken[] own = [.. file.Objects("added_tokens").Select(token => ReadAdded(token))], more = config.Decoded() ?? [];
        foreach (AddedToken token in more)
        {
            if (Array.Find(own, other => other.Content == token.Content && other.Id != token.Id) is { } other)
                throw new ModelLoadException(config.File!.Value.Path, $"the added token '{token.Content}' has the id {token.Id}", $"{other.Id}, as {file.Path} has it");
        }

        IEnumerable<AddedToken> kept = own.Where(token => !Array.Exists(more, other => other.Content == token.Content));
        (Vocabulary vocabulary, IReadOnlyList<AddedToken> added) = WithAdded(file.Path, model, [.. kept, .. more]);
        return (vocabulary, config.WithExtras(vocabulary, added));
    }

    // The first that says so: what stands beside the file, its own padding, a usual name.
    private static string ReadPadding(JsonFile file, TokenizerConfig config, Vocabulary vocabulary)
    {
        string padding = config.Token("pad_token")
            ?? (file.IsObject("padding") ? file.Object("padding")?.Text("pad_token") : null)
            ?? Array.Find(Paddings, token => vocabulary.TryGetId(token, out _)) ?? TokenizerSettings.DefaultPadding;
        SpecialTokens.Require(file.Path, vocabulary, padding);
        return padding;
    }

    private static int LongestWord(JsonFile model)
    {
        int longest = model.Whole("max_input_chars_per_word") ?? 100;
        return longest is >= 1 and <= LongestSensibleWord ? longest
            : throw model.Refuse("max_input_chars_per_word", $"1 to {LongestSensibleWord}");
    }

    private static void Require(JsonFile file, string member, string expected)
    {
        if (file.Text(member) != expected) throw file.Refuse(member, $"\"{expected}\"");
    }

    private static JsonFile RequireObject(JsonFile file, string member, string type)
    {
        JsonFile found = file.Object(member) ?? throw file.Refuse(member, $"an object of the type \"{type}\"");
        Require(found, "type", type);
        return found;
    }
}
