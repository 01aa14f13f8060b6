using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

/// <summary>
/// tokenizer.json with a tokenizer of BERT's, a byte-level BPE or a Unigram in it. Settings that change tokens are
/// honoured or refused by name; truncation and padding are the encoder's own affair, as they are of each call in Hugging
/// Face's transformers.
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
        JsonFile model = file.Object("model") ?? throw file.Refuse("model", "a WordPiece, BPE or Unigram model");
        TokenizerSettings settings =
            (model.OneOf("type", [("WordPiece", 0), ("BPE", 1), ("Unigram", 2)]) ?? 0) switch
            {
                0 => ReadBert(file, model),
                1 => ReadByteLevel(file, model),
                _ => ReadUnigram(file, model),
            };
        return settings with { PaddingToken = ReadPadding(file, settings.Vocabulary) };
    }

    private static BertSettings ReadBert(JsonFile file, JsonFile model)
    {
        JsonFile normalizer = RequireObject(file, "normalizer", "BertNormalizer");
        RequireObject(file, "pre_tokenizer", "BertPreTokenizer");
        Vocabulary modelEntries = ReadVocabulary(model);
        string unknown = model.Text("unk_token") ?? TokenizerSettings.DefaultUnknown;
        (string first, string last) = ReadTemplate(file);
        SpecialTokens.Require(file.Path, modelEntries, unknown, first, last);
        bool lowercase = normalizer.Flag("lowercase") ?? true;
        (Vocabulary vocabulary, IReadOnlyList<AddedToken> added) = WithAdded(file, modelEntries);
        return new BertSettings(vocabulary, added)
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
        };
    }

    private static (Vocabulary Vocabulary, IReadOnlyList<AddedToken> Added) WithAdded(
        JsonFile file, Vocabulary model, params ReadOnlySpan<string> needed)
    {
        (Vocabulary vocabulary, IReadOnlyList<AddedToken> added) =
            WithAdded(file.Path, model, [.. file.Objects("added_tokens").Select(token => ReadAdded(token))]);
        SpecialTokens.Require(file.Path, vocabulary, needed);
        return (vocabulary, added);
    }

    // The first that says so: tokenizer_config.json beside the file, the file's own padding, a usual name.
    private static string ReadPadding(JsonFile file, Vocabulary vocabulary)
    {
        string config = Path.Combine(Path.GetDirectoryName(file.Path)!, VocabularyFile.Config);
        string padding = JsonFile.ReadIfThere(config)?.TokenText("pad_token")
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
