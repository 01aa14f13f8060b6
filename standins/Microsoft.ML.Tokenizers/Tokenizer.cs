namespace Microsoft.ML.Tokenizers;

public abstract class Tokenizer
{
    public IReadOnlyList<EncodedToken> EncodeToTokens(string text, out string? normalizedText,
        bool considerPreTokenization = true, bool considerNormalization = true)
    {
        EncodeResults<EncodedToken> results =
            EncodeToTokens(text, text, Settings(considerPreTokenization, considerNormalization));
        normalizedText = results.NormalizedText;
        return results.Tokens;
    }

    public IReadOnlyList<EncodedToken> EncodeToTokens(ReadOnlySpan<char> text, out string? normalizedText,
        bool considerPreTokenization = true, bool considerNormalization = true)
    {
        EncodeResults<EncodedToken> results =
            EncodeToTokens(null, text, Settings(considerPreTokenization, considerNormalization));
        normalizedText = results.NormalizedText;
        return results.Tokens;
    }

    private protected abstract EncodeResults<EncodedToken> EncodeToTokens(
        string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings);

    private static EncodeSettings Settings(bool preTokenize, bool normalize) =>
        new() { ConsiderPreTokenization = preTokenize, ConsiderNormalization = normalize };
}
