using System.Globalization;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

/// <summary>
/// vocab.txt: one entry a line, its id is the number of the line; the first is 0. tokenizer_config.json and
/// added_tokens.json beside it may say more; what they say and is not done here is refused by its name.
/// </summary>
internal static class VocabularyFile
{
    /// <summary>What the file of a tokenizer's settings is called.</summary>
    public const string Config = "tokenizer_config.json";

    private const string Mask = "[MASK]", Decoder = "added_tokens_decoder", Extra = "additional_special_tokens";
    private const string Unknown = "unk_token", First = "cls_token", Last = "sep_token", Padding = "pad_token";
    private const string SpecialTokensMap = "special_tokens_map.json";
    private const string WordTokenizer = "word_tokenizer_type";
    private const string ElsewhereOtherwise = "else encode elsewhere and import the vectors (splade import, SpladeField)";
    private const string TokenizerClass = "tokenizer_class", ContinuingPrefix = "wordpieces_prefix";

    // Tokenizers that are BERT's by another name.
    private static readonly string[] Berts =
        ["Bert", "DistilBert", "Electra", "MobileBert", "ConvBert", "RetriBert", "SqueezeBert", "Lxmert", "RoFormer"];

    // What they are called where no file says otherwise.
    private static readonly (string Member, string Token)[] Structural =
    [
        (Unknown, TokenizerSettings.DefaultUnknown), (First, TokenizerSettings.DefaultFirst),
        (Last, TokenizerSettings.DefaultLast), (Padding, TokenizerSettings.DefaultPadding), ("mask_token", Mask),
    ];

    // Members that change tokens, with the one value that is done.
    private static readonly (string Member, string Value)[] Fixed =
    [
        (WordTokenizer, "basic"), ("subword_tokenizer_type", "wordpiece"), ("truncation_side", "right"),
        (ContinuingPrefix, "##"),
    ];

    /// <param name="path">The vocabulary.</param>
    /// <param name="configPath">tokenizer_config.json, which need not be there.</param>
    public static BertSettings Read(string path, string configPath)
    {
        Vocabulary entries = ReadEntries(path);
        JsonFile? config = JsonFile.ReadIfThere(configPath);
        Dictionary<string, string> names = ReadNames(configPath, config);
        AddedToken[] added = [.. ReadAdded(path, config, names)];
        IEnumerable<AddedToken> special = names.Values.Distinct(StringComparer.Ordinal)
            .Where(token => entries.TryGetId(token, out _) && !added.Any(other => other.Content == token))
            .Select(token => new AddedToken(entries.IdOf(token), token) { Special = true });
        (Vocabulary vocabulary, IReadOnlyList<AddedToken> all) =
            TokenizerJson.WithAdded(path, entries, [.. special, .. added]);
        SpecialTokens.Require(path, vocabulary, names[Unknown], names[First], names[Last], names[Padding]);
        return Configure(new BertSettings(vocabulary, all)
        {
            UnknownToken = names[Unknown], FirstToken = names[First], LastToken = names[Last], PaddingToken = names[Padding],
        }, config);
    }

    private static Dictionary<string, string> ReadNames(string configPath, JsonFile? config)
    {
        JsonFile? map = JsonFile.ReadIfThere(Path.Combine(Path.GetDirectoryName(configPath)!, SpecialTokensMap));
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string member, string usual) in Structural)
        {
            (string? own, string? mapped) = (config?.TokenText(member), map?.TokenText(member));
            if (own is not null && mapped is not null && own != mapped)
                throw map!.Value.Refuse(member, $"\"{own}\", as {Config} has it");
            names.Add(member, own ?? mapped ?? usual);
        }

        return names;
    }

    // The members that change what a BERT tokenizer does; the rest is for people.
    private static BertSettings Configure(BertSettings settings, JsonFile? file)
    {
        if (file is not { } config) return settings;
        foreach ((string member, string value) in Fixed)
        {
            if (config.Text(member) is { } found && found != value)
                throw config.Refuse(member, $"\"{value}\"{(member == WordTokenizer ? $"; {ElsewhereOtherwise}" : "")}");
        }

        if (config.Text(TokenizerClass) is { } name && !IsBert(name))
            throw config.Refuse(TokenizerClass, "a tokenizer that works as BertTokenizer, or a tokenizer.json; "
                + ElsewhereOtherwise);
        if (config.Flag("do_basic_tokenize") == false) throw config.Refuse("do_basic_tokenize", "true");
        if (config.Flag("split_special_tokens") == true) throw config.Refuse("split_special_tokens", "false");
        if (!config.IsEmpty("never_split")) throw config.Refuse("never_split", "none");
        RequireExtras(config, settings);
        bool lowercase = config.Flag("do_lower_case") ?? true;
        return settings with
        {
            Lowercase = lowercase,
            StripAccents = config.Flag("strip_accents") ?? lowercase,
            SpaceIdeographs = config.Flag("tokenize_chinese_chars") ?? true,
            CleanText = config.Flag("clean_text") ?? true,
        };
    }

    private static bool IsBert(string name)
    {
        string family = name.EndsWith("Fast", StringComparison.Ordinal) ? name[..^4] : name;
        return family is "PreTrainedTokenizer" || Berts.Any(bert => family == bert + "Tokenizer");
    }

    private static void RequireExtras(JsonFile config, TokenizerSettings settings)
    {
        foreach (string extra in config.TokenTexts(Extra))
        {
            if (!settings.AddedTokens.Any(token => token.Content == extra && token.Special))
                throw config.Refuse(Extra, $"'{extra}' as a special token of '{Decoder}'");
        }
    }

    // "added_tokens_decoder": {"10": {"content": "park", …}}; where there is none, added_tokens.json: {"park": 10}.
    private static IEnumerable<AddedToken> ReadAdded(
        string vocabularyPath, JsonFile? config, Dictionary<string, string> names)
    {
        if (config?.Object(Decoder) is { } decoder)
            return decoder.Element.EnumerateObject().Select(entry => ReadDecoded(decoder, entry.Name));
        string path = Path.Combine(Path.GetDirectoryName(vocabularyPath)!, "added_tokens.json");
        if (JsonFile.ReadIfThere(path) is not { } file) return [];
        return file.Element.EnumerateObject().Select(entry =>
        {
            bool special = names.ContainsValue(entry.Name);
            int id = file.Whole(entry.Name, TokenizerJson.Ids)
                ?? throw file.Refuse(entry.Name, $"{TokenizerJson.Ids}");
            return new AddedToken(id, entry.Name) { Special = special, Normalized = !special };
        });
    }

    private static AddedToken ReadDecoded(JsonFile decoder, string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && TokenizerJson.Ids.Contains(id)
            ? TokenizerJson.ReadAdded(decoder.Object(name) ?? throw decoder.Refuse(name, "a token"), id)
            : throw decoder.Refuse(name, $"ids as names, {TokenizerJson.Ids}");

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
