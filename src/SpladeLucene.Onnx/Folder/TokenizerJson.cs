using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

/// <summary>
/// tokenizer.json with a BERT tokenizer in it. Settings that change tokens are honoured or refused by name; truncation
/// and padding are the encoder's own affair, as they are of each call in Hugging Face's transformers.
/// </summary>
internal static partial class TokenizerJson
{
    private const int LongestSensibleWord = 1000;

    public static TokenizerSettings Read(string path)
    {
        JsonFile file = JsonFile.Read(path);
        Require(file, "version", "1.0");
        JsonFile normalizer = RequireObject(file, "normalizer", "BertNormalizer");
        RequireObject(file, "pre_tokenizer", "BertPreTokenizer");
        JsonFile model = file.Object("model") ?? throw file.Refuse("model", "a WordPiece model");
        if (model.Text("type") is not (null or "WordPiece")) throw model.Refuse("type", "\"WordPiece\"");

        Vocabulary modelEntries = ReadVocabulary(model);
        string unknown = model.Text("unk_token") ?? TokenizerSettings.DefaultUnknown;
        (string first, string last) = ReadTemplate(file);
        SpecialTokens.Require(path, modelEntries, unknown, first, last, TokenizerSettings.DefaultPadding);
        (Vocabulary vocabulary, IReadOnlyList<AddedToken> added) =
            WithAdded(path, modelEntries, [.. file.Objects("added_tokens").Select(token => ReadAdded(token))]);

        bool lowercase = normalizer.Flag("lowercase") ?? true;
        return new TokenizerSettings(vocabulary, added)
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
