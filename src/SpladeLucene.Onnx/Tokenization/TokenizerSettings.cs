namespace SpladeLucene.Onnx.Tokenization;

/// <summary>What a tokenizer is made of, as tokenizer.json or vocab.txt says it. The defaults are BERT's.</summary>
internal sealed record TokenizerSettings(Vocabulary Vocabulary, IReadOnlyList<AddedToken> AddedTokens)
{
    public const string DefaultUnknown = "[UNK]";
    public const string DefaultFirst = "[CLS]";
    public const string DefaultLast = "[SEP]";
    public const string DefaultPadding = "[PAD]";

    public bool CleanText { get; init; } = true;

    public bool SpaceIdeographs { get; init; } = true;

    public bool StripAccents { get; init; } = true;

    public bool Lowercase { get; init; } = true;

    public string UnknownToken { get; init; } = DefaultUnknown;

    /// <summary>The token before each text.</summary>
    public string FirstToken { get; init; } = DefaultFirst;

    /// <summary>The token after each text.</summary>
    public string LastToken { get; init; } = DefaultLast;

    public string ContinuingPrefix { get; init; } = "##";

    /// <summary>In characters (not UTF-16 units); a longer word is unknown.</summary>
    public int LongestWord { get; init; } = 100;
}

internal static class SpecialTokens
{
    /// <summary>The ids of the tokens that say nothing about a text.</summary>
    public static IEnumerable<int> Of(TokenizerSettings settings)
    {
        string[] structural =
            [settings.UnknownToken, settings.FirstToken, settings.LastToken, TokenizerSettings.DefaultPadding];
        return settings.AddedTokens.Where(token => token.Special).Select(token => token.Id)
            .Concat(structural.Select(settings.Vocabulary.IdOf)).Distinct();
    }

    /// <summary>Refuses a vocabulary that lacks a token which every BERT model needs.</summary>
    public static void Require(string path, Vocabulary vocabulary, params ReadOnlySpan<string> tokens)
    {
        foreach (string token in tokens)
        {
            if (vocabulary.TryGetId(token, out _)) continue;
            throw new ModelLoadException(
                path, $"{token} is not among the {vocabulary.Size} vocabulary entries", "it there");
        }
    }
}
