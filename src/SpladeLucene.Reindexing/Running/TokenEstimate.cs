namespace SpladeLucene.Reindexing.Running;

/// <summary>
/// How many tokens a text has, guessed by its length and by what the encoder has counted so far. Counting them beforehand
/// would tokenize everything twice. Thread-safe.
/// </summary>
internal sealed class TokenEstimate(ISparseEncoder encoder)
{
    private const double UsualPerCharacter = 0.25, LeastPerCharacter = 0.05, MostPerCharacter = 2;

    private readonly long _before = encoder.TokensEncoded ?? 0;
    private readonly int _most = encoder.Fingerprint.Windows == TextWindows.None
        ? encoder.Fingerprint.MaxTokens : int.MaxValue;
    private double _perCharacter = UsualPerCharacter;

    public double Of(string text) =>
        Math.Min(_most, (text.Length * Volatile.Read(ref _perCharacter)) + TextWindows.SpecialTokens);

    /// <summary>Learns from texts of so many UTF-16 units in all, encoded since this was made.</summary>
    public void Learn(long characters)
    {
        if (characters == 0 || encoder.TokensEncoded is not { } tokens) return;
        double seen = (double)(tokens - _before) / characters;
        if (seen > 0) Volatile.Write(ref _perCharacter, Math.Clamp(seen, LeastPerCharacter, MostPerCharacter));
    }
}
