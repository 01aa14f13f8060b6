namespace SpladeLucene.Reindexing.Running;

/// <summary>
/// How many tokens a text has, guessed by its length and by what the encoder has counted so far. Counting them beforehand
/// would tokenize everything twice. Thread-safe.
/// </summary>
internal sealed class TokenEstimate(ModelFingerprint model, ITokenMeter? meter)
{
    private const double UsualPerCharacter = 0.25, LeastPerCharacter = 0.05, MostPerCharacter = 2;

    private readonly long _before = meter?.TokensEncoded ?? 0;
    private readonly int _most = model.Windows == TextWindows.None ? model.MaxTokens : int.MaxValue;
    private double _perCharacter = UsualPerCharacter;

    public double Of(string text) =>
        Math.Min(_most, (text.Length * Volatile.Read(ref _perCharacter)) + TextWindows.SpecialTokens);

    /// <summary>Learns from texts of so many UTF-16 units in all, encoded since this was made.</summary>
    public void Learn(long characters)
    {
        if (meter is null || characters == 0) return;
        double seen = (double)(meter.TokensEncoded - _before) / characters;
        if (seen > 0) Volatile.Write(ref _perCharacter, Math.Clamp(seen, LeastPerCharacter, MostPerCharacter));
    }
}
