using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

/// <summary>
/// vocab.txt: one entry a line, its id is the number of the line; the first is 0. tokenizer_config.json and
/// added_tokens.json beside it may say more; what they say and is not done here is refused by its name.
/// </summary>
internal static class VocabularyFile
{
    private const string Mask = "[MASK]";
    private const string Unknown = "unk_token", First = "cls_token", Last = "sep_token", Padding = "pad_token";
    private const string ContinuingPrefix = "wordpieces_prefix", DefaultContinuingPrefix = "##";

    // What they are called where no file says otherwise.
    private static readonly (string Member, string Token)[] Structural =
    [
        (Unknown, TokenizerSettings.DefaultUnknown), (First, TokenizerSettings.DefaultFirst),
        (Last, TokenizerSettings.DefaultLast), (Padding, TokenizerSettings.DefaultPadding), ("mask_token", Mask),
    ];

    /// <param name="path">The vocabulary.</param>
    /// <param name="configPath">tokenizer_config.json, which need not be there.</param>
    public static BertSettings Read(string path, string configPath)
    {
        Vocabulary entries = ReadEntries(path);
        TokenizerConfig config = TokenizerConfig.Read(configPath);
        config.RequireBert();
        Dictionary<string, string> names = Structural.ToDictionary(
            token => token.Member, token => config.OneToken(token.Member) ?? token.Token, StringComparer.Ordinal);
        AddedToken[] added = config.Decoded() ?? [.. ReadAdded(path, token => names.ContainsValue(token) || config.IsExtra(token))];
        IEnumerable<AddedToken> special = names.Values.Distinct(StringComparer.Ordinal)
            .Where(token => entries.TryGetId(token, out _) && !added.Any(other => other.Content == token))
            .Select(token => new AddedToken(entries.IdOf(token), token) { Special = true });
        (Vocabulary vocabulary, IReadOnlyList<AddedToken> all) =
            TokenizerJson.WithAdded(path, entries, [.. special, .. added]);
        SpecialTokens.Require(path, vocabulary, names[Unknown], names[First], names[Last], names[Padding]);
        return Configure(new BertSettings(vocabulary, config.WithExtras(vocabulary, all))
        {
            UnknownToken = names[Unknown], FirstToken = names[First], LastToken = names[Last], PaddingToken = names[Padding],
        }, config.File);
    }

    // The members that change what a BERT tokenizer does; the rest is for people.
    private static BertSettings Configure(BertSettings settings, JsonFile? file)
    {
        if (file is not { } config) return settings;
        if (config.Text(ContinuingPrefix) is not (null or DefaultContinuingPrefix))
            throw config.Refuse(ContinuingPrefix, $"\"{DefaultContinuingPrefix}\"");
        if (config.Flag("do_basic_tokenize") == false) throw config.Refuse("do_basic_tokenize", "true");
        if (!config.IsEmpty("never_split")) throw config.Refuse("never_split", "none");
        bool lowercase = config.Flag("do_lower_case") ?? true;
        return settings with
        {
            Lowercase = lowercase,
            StripAccents = config.Flag("strip_accents") ?? lowercase,
            SpaceIdeographs = config.Flag("tokenize_chinese_chars") ?? true,
            CleanText = config.Flag("clean_text") ?? true,
        };
    }

    // added_tokens.json: {"park": 10}.
    private static IEnumerable<AddedToken> ReadAdded(string vocabularyPath, Func<string, bool> isSpecial)
    {
        string path = Path.Combine(Path.GetDirectoryName(vocabularyPath)!, "added_tokens.json");
        if (JsonFile.ReadIfThere(path) is not { } file) return [];
        return file.Element.EnumerateObject().Select(entry =>
        {
            bool special = isSpecial(entry.Name);
            int id = file.Whole(entry.Name, TokenizerJson.Ids)
                ?? throw file.Refuse(entry.Name, $"{TokenizerJson.Ids}");
            return new AddedToken(id, entry.Name) { Special = special, Normalized = !special };
        });
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
