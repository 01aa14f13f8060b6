using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

/// <summary>vocab.txt: one entry a line, its id is the number of the line; the first is 0.</summary>
internal static class VocabularyFile
{
    private const string Mask = "[MASK]";

    /// <param name="path">The vocabulary.</param>
    /// <param name="configPath">tokenizer_config.json, which need not be there.</param>
    public static TokenizerSettings Read(string path, string configPath)
    {
        Vocabulary vocabulary = ReadEntries(path);
        string[] required =
        [
            TokenizerSettings.DefaultUnknown, TokenizerSettings.DefaultFirst, TokenizerSettings.DefaultLast,
            TokenizerSettings.DefaultPadding,
        ];
        TokenizerChecks.RequireTokens(path, vocabulary, required);
        AddedToken[] special = required.Append(Mask)
            .Where(token => vocabulary.TryGetId(token, out _))
            .Select(token => new AddedToken(vocabulary.IdOf(token), token) { Special = true })
            .ToArray();
        return Configure(new TokenizerSettings(vocabulary, special), JsonFile.ReadIfThere(configPath));
    }

    // The members that change what a BERT tokenizer does; the rest describes other tokenizers or is for people.
    private static TokenizerSettings Configure(TokenizerSettings settings, JsonFile? file)
    {
        if (file is not { } config) return settings;
        if (config.Flag("do_basic_tokenize") == false) throw config.Refuse("do_basic_tokenize", "true");
        bool lowercase = config.Flag("do_lower_case") ?? true;
        return settings with
        {
            Lowercase = lowercase,
            StripAccents = config.Flag("strip_accents") ?? lowercase,
            SpaceIdeographs = config.Flag("tokenize_chinese_chars") ?? true,
        };
    }

    private static Vocabulary ReadEntries(string path)
    {
        string[] lines = ModelFile.ReadText(path).Split('\n');
        if (lines[^1].Length == 0) lines = lines[..^1];
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < lines.Length; i++)
        {
            lines[i] = Entry(lines[i]);
            if (lines[i].Length == 0)
                throw new ModelLoadException(path, $"line {i + 1} is empty", "a vocabulary entry on each line");
            if (first.TryAdd(lines[i], i + 1)) continue;
            throw new ModelLoadException(
                path, $"line {i + 1} repeats the entry '{lines[i]}' of line {first[lines[i]]}", "each entry once");
        }

        return new Vocabulary(lines);
    }

    // Multilingual vocabularies have entries that are white space, such as U+2028: they keep their line.
    private static string Entry(string line) =>
        line.TrimEnd() is { Length: > 0 } entry ? entry : line.Trim(' ', '\t', '\r');
}
