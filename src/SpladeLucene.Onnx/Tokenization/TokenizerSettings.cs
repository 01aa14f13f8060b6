namespace SpladeLucene.Onnx.Tokenization;

/// <summary>What a tokenizer is made of, as tokenizer.json or vocab.txt says it; a kind for each family.</summary>
internal abstract record TokenizerSettings(Vocabulary Vocabulary, IReadOnlyList<AddedToken> AddedTokens)
{
    public const string DefaultUnknown = "[UNK]";
    public const string DefaultFirst = "[CLS]";
    public const string DefaultLast = "[SEP]";
    public const string DefaultPadding = "[PAD]";

    /// <summary>What stands for a part that no entry spells; null where there is no such part.</summary>
    public string? UnknownToken { get; init; } = DefaultUnknown;

    /// <summary>The token before each text.</summary>
    public string FirstToken { get; init; } = DefaultFirst;

    /// <summary>The token after each text.</summary>
    public string LastToken { get; init; } = DefaultLast;

    /// <summary>What fills the rows of a batch up; no text ever has it, so it is no part of the hash.</summary>
    public string PaddingToken { get; init; } = DefaultPadding;

    public int PaddingId => Vocabulary.IdOf(PaddingToken);

    /// <summary>A tokenizer of these settings.</summary>
    public abstract TextTokenizer NewTokenizer();

    /// <summary>Writes what decides which tokens a text becomes, the vocabulary and added tokens apart.</summary>
    public abstract void WriteTo(BinaryWriter writer);
}

/// <summary>WordPiece as BERT has it. The defaults are BERT's.</summary>
internal sealed record BertSettings(Vocabulary Vocabulary, IReadOnlyList<AddedToken> AddedTokens)
    : TokenizerSettings(Vocabulary, AddedTokens)
{
    public bool CleanText { get; init; } = true;

    public bool SpaceIdeographs { get; init; } = true;

    public bool StripAccents { get; init; } = true;

    public bool Lowercase { get; init; } = true;

    public string ContinuingPrefix { get; init; } = "##";

    /// <summary>In characters (not UTF-16 units); a longer word is unknown.</summary>
    public int LongestWord { get; init; } = 100;

    public override TextTokenizer NewTokenizer() => new BertTokenizer(this);

    public override void WriteTo(BinaryWriter writer)
    {
        writer.Write(CleanText);
        writer.Write(SpaceIdeographs);
        writer.Write(StripAccents);
        writer.Write(Lowercase);
        writer.Write(UnknownToken!);
        writer.Write(FirstToken);
        writer.Write(LastToken);
        writer.Write(ContinuingPrefix);
        writer.Write(LongestWord);
    }
}

internal static class SpecialTokens
{
    /// <summary>The ids of the tokens that say nothing about a text.</summary>
    public static IEnumerable<int> Of(TokenizerSettings settings)
    {
        string?[] structural = [settings.UnknownToken, settings.FirstToken, settings.LastToken, settings.PaddingToken];
        return settings.AddedTokens.Where(token => token.Special).Select(token => token.Id)
            .Concat(structural.OfType<string>().Select(settings.Vocabulary.IdOf)).Distinct();
    }

    /// <summary>Refuses a vocabulary that lacks a token which the model needs.</summary>
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
