using System.Globalization;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

/// <summary>
/// What stands beside a tokenizer and has a say in its tokens: <c>tokenizer_config.json</c>, <c>special_tokens_map.json</c> and the
/// class that <c>config.json</c> names. None of them need be there.
/// </summary>
internal sealed class TokenizerConfig
{
    /// <summary>What the file of a tokenizer's settings is called.</summary>
    public const string FileName = "tokenizer_config.json";

    public const string ElsewhereOtherwise = "else encode elsewhere and import the vectors (splade import, SpladeField)";
    public const string WordTokenizer = "word_tokenizer_type", Decoder = "added_tokens_decoder";

    private const string SpecialTokensMap = "special_tokens_map.json", ModelConfigFile = "config.json";
    private const string TokenizerClass = "tokenizer_class", ModelType = "model_type";
    private const string Lowercase = "do_lower_case", Accents = "strip_accents", Ideographs = "tokenize_chinese_chars";
    private const string PrefixSpace = "add_prefix_space", Side = "truncation_side";

    // Members that change tokens, with the one value that is done, for every family.
    private static readonly (string Member, string Value)[] Fixed =
        [(WordTokenizer, "basic"), ("subword_tokenizer_type", "wordpiece"), (Side, "right")];

    // Special tokens of a folder's own; versions of transformers call them one or the other.
    private static readonly string[] ExtraMembers = ["additional_special_tokens", "extra_special_tokens"];

    // Classes that read tokenizer.json as it stands, whatever is said beside it.
    private static readonly string[] Plain = ["PreTrainedTokenizer", "TokenizersBackend"];

    // Tokenizers that are BERT's by another name.
    private static readonly string[] Berts =
        ["Bert", "DistilBert", "Electra", "MobileBert", "ConvBert", "RetriBert", "SqueezeBert", "Lxmert"];

    // They look words up in a dictionary of the language first, and their tokenizer.json doesn't say so.
    private static readonly string[] OfWords = ["BertJapanese", "DistilBertJapanese", "RoFormer", "Cpm"];

    private readonly JsonFile? _own, _map, _model;

    private TokenizerConfig(JsonFile? own, JsonFile? map, JsonFile? model) => (_own, _map, _model) = (own, map, model);

    /// <summary>Whether transformers' class is BERT's, which follows this file where tokenizer.json says otherwise.</summary>
    public bool IsBert => Berts.Contains(Family);

    /// <summary>Whether the class, if one is named, is one that any tokenizer may have.</summary>
    public bool IsPlain => Plain.Contains(Family);

    /// <summary>tokenizer_config.json itself.</summary>
    public JsonFile? File => _own;

    // The class without "Tokenizer" and "Fast"; null where nothing names one.
    private string? Family => Class?.Text(TokenizerClass) is not { } name ? null
        : Plain.FirstOrDefault(plain => Stem(name) == plain)
            ?? (Stem(name).EndsWith("Tokenizer", StringComparison.Ordinal) ? Stem(name)[..^"Tokenizer".Length] : name);

    // Where one is named; config.json is asked where the other is silent.
    private JsonFile? Class => _own?.Text(TokenizerClass) is not null ? _own : _model;

    /// <param name="path">tokenizer_config.json; the other files are looked for beside it.</param>
    /// <exception cref="ModelLoadException">A file is damaged, or the tokenizer is one that cuts words by a dictionary.</exception>
    public static TokenizerConfig Read(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        JsonFile? Beside(string name) => JsonFile.ReadIfThere(Path.Combine(folder, name));
        var config = new TokenizerConfig(JsonFile.ReadIfThere(path), Beside(SpecialTokensMap), Beside(ModelConfigFile));
        config.RequireKnown();
        return config;
    }

    /// <summary>The token that a member names; null where nothing does.</summary>
    public string? Token(string member) => _own?.TokenText(member) ?? _map?.TokenText(member);

    /// <summary>The same, refused where two files name two.</summary>
    public string? OneToken(string member)
    {
        (string? own, string? mapped) = (_own?.TokenText(member), _map?.TokenText(member));
        return own is null || mapped is null || own == mapped ? own ?? mapped
            : throw _map!.Value.Refuse(member, $"\"{own}\", as {FileName} has it");
    }

    /// <summary>Refuses a class that isn't BERT's by another name.</summary>
    public void RequireBert()
    {
        if (Family is null || IsBert || IsPlain) return;
        throw Class!.Value.Refuse(TokenizerClass, $"a tokenizer that works as BertTokenizer, or a tokenizer.json; {ElsewhereOtherwise}");
    }

    /// <summary>The tokens of <c>added_tokens_decoder</c>: {"10": {"content": "park", …}}; null where there is none.</summary>
    public AddedToken[]? Decoded() => _own?.Object(Decoder) is not { } decoder ? null
        : [.. decoder.Element.EnumerateObject().Select(entry => ReadDecoded(decoder, entry.Name))];

    /// <summary>With the special tokens of the folder's own that aren't among <paramref name="added"/>: they must be entries.</summary>
    public AddedToken[] WithExtras(Vocabulary entries, IReadOnlyList<AddedToken> added)
    {
        var all = new List<AddedToken>(added);
        foreach ((JsonFile file, string member, string extra) in Extras())
        {
            AddedToken? known = all.Find(token => token.Content == extra);
            if (known is null && entries.TryGetId(extra, out int id)) all.Add(new AddedToken(id, extra) { Special = true });
            else if (known is not { Special: true }) throw file.Refuse(member, $"'{extra}' as a special token of '{Decoder}'");
        }

        return [.. all];
    }

    /// <summary>Whether a token is one of these.</summary>
    public bool IsExtra(string token) => Extras().Any(extra => extra.Token == token);

    /// <summary>BERT's settings of a tokenizer.json as they are once this is heard; refused where nobody knows which of the two counts.</summary>
    public BertSettings Over(BertSettings settings)
    {
        if (_own is not { } own || IsPlain) return settings;
        bool lowercase = own.Flag(Lowercase) ?? settings.Lowercase;
        // Null is said too: as lowercase.
        bool accents = own.Element.TryGetProperty(Accents, out _) ? own.Flag(Accents) ?? lowercase
            : settings.StripAccents == settings.Lowercase ? lowercase : settings.StripAccents;
        bool ideographs = own.Flag(Ideographs) ?? settings.SpaceIdeographs;
        if (!IsBert)
        {
            RequireSame(own, Lowercase, lowercase, settings.Lowercase);
            RequireSame(own, Accents, accents, settings.StripAccents);
            RequireSame(own, Ideographs, ideographs, settings.SpaceIdeographs);
        }

        return settings with { Lowercase = lowercase, StripAccents = accents, SpaceIdeographs = ideographs };
    }

    /// <summary>Whether a text gets a blank before it.</summary>
    /// <param name="json">What tokenizer.json says.</param>
    /// <param name="follows">Whether a class of one's own takes what this file says.</param>
    public bool PrefixSpaceOver(bool json, bool follows)
    {
        if (_own is not { } own || own.Flag(PrefixSpace) is not { } said) return json;
        if (!follows || Family is null || IsPlain) RequireSame(own, PrefixSpace, said, json);
        return said;
    }

    /// <summary>Refuses texts that are cut at their beginning, which tokenizer.json says where this file is silent.</summary>
    public void RequireCutAtTheEnd(JsonFile tokenizer)
    {
        if (_own?.Text(Side) is not null || !tokenizer.IsObject("truncation")) return;
        JsonFile truncation = tokenizer.Object("truncation")!.Value;
        if (truncation.Text("direction") is not (null or "Right")) throw truncation.Refuse("direction", "\"Right\"");
    }

    private IEnumerable<(JsonFile File, string Member, string Token)> Extras()
    {
        foreach (string member in ExtraMembers)
        {
            JsonFile? file = _own?.TokenTexts(member).Any() == true ? _own : _map;
            foreach (string token in file?.TokenTexts(member) ?? []) yield return (file!.Value, member, token);
        }
    }

    private static void RequireSame(JsonFile own, string member, bool said, bool json)
    {
        if (said == json) return;
        throw own.Refuse(member, $"{(json ? "true" : "false")}, as tokenizer.json has it, or the '{TokenizerClass}' that tells which of the two counts");
    }

    private void RequireKnown()
    {
        foreach ((string member, string value) in Fixed)
        {
            if (_own?.Text(member) is { } found && found != value)
                throw _own.Value.Refuse(member, $"\"{value}\"{(member == WordTokenizer ? $"; {ElsewhereOtherwise}" : "")}");
        }

        if (_own?.Flag("split_special_tokens") == true) throw _own.Value.Refuse("split_special_tokens", "false");
        if (Family is { } family ? OfWords.Contains(family) : _model?.Text(ModelType) == "roformer")
        {
            throw Class!.Value.Refuse(Family is null ? ModelType : TokenizerClass,
                $"a tokenizer that cuts words by its vocabulary alone; {ElsewhereOtherwise}");
        }
    }

    private static string Stem(string name) => name.EndsWith("Fast", StringComparison.Ordinal) ? name[..^4] : name;

    private static AddedToken ReadDecoded(JsonFile decoder, string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && TokenizerJson.Ids.Contains(id)
            ? TokenizerJson.ReadAdded(decoder.Object(name) ?? throw decoder.Refuse(name, "a token"), id)
            : throw decoder.Refuse(name, $"ids as names, {TokenizerJson.Ids}");
}
