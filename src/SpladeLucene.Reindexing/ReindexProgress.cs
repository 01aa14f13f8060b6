using System.Globalization;

namespace SpladeLucene.Reindexing;

/// <summary>How far a migration has come.</summary>
/// <param name="Phase">What it is about.</param>
/// <param name="Documents">Live documents whose texts have their vectors.</param>
/// <param name="Merged">Live documents that are in the new index.</param>
/// <param name="Total">Live documents in all.</param>
/// <param name="Encoded">Texts that this run encoded; the others' vectors were there.</param>
/// <param name="Tokens">The tokens of those; null where the encoder does not count them.</param>
/// <param name="Elapsed">Time since the run began.</param>
public readonly record struct ReindexProgress(
    ReindexPhase Phase, long Documents, long Merged, long Total, long Encoded, long? Tokens, TimeSpan Elapsed)
{
    /// <summary>Time since the first text was encoded; zero before that.</summary>
    public TimeSpan EncodingFor { get; init; }

    /// <summary>Texts encoded a second; 0 at the beginning.</summary>
    public double TextsPerSecond => Rate(Encoded);

    /// <summary>Tokens encoded a second; null where they aren't known.</summary>
    public double? TokensPerSecond => Tokens is { } tokens ? Rate(tokens) : null;

    /// <summary>
    /// Time left at the rate of the documents since the first that had to be encoded; null before one was, and after the last.
    /// </summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>One line, such as <c>Encoding 1,200 of 5,183 (23 %), 410 texts/s, 9,020 tokens/s, 0:10 left</c>.</summary>
    public override string ToString()
    {
        long done = Phase is ReindexPhase.Merging or ReindexPhase.Publishing ? Merged : Documents;
        double share = Total == 0 ? 100 : Math.Floor(100.0 * done / Total);
        string texts = Encoded > 0 ? Invariant($", {TextsPerSecond:N0} texts/s") : "";
        string tokens = Encoded > 0 && TokensPerSecond is { } rate ? Invariant($", {rate:N0} tokens/s") : "";
        string left = TimeLeft is { } time ? $", {Format(time)} left" : "";
        return Invariant($"{Phase} {done:N0} of {Total:N0} ({share:0} %)") + texts + tokens + left;
    }

    private double Rate(long count) => EncodingFor > TimeSpan.Zero ? count / EncodingFor.TotalSeconds : 0;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Format(TimeSpan time) => time.TotalHours >= 1
        ? Invariant($"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : Invariant($"{time.Minutes}:{time.Seconds:00}");
}

/// <summary>What a migration is about.</summary>
public enum ReindexPhase
{
    /// <summary>Finding the vectors that an earlier run, or the target, already has.</summary>
    Collecting,

    /// <summary>Encoding texts; complete segments are merged at the same time.</summary>
    Encoding,

    /// <summary>All texts are encoded; the rest of the segments is merged.</summary>
    Merging,

    /// <summary>The complete index is put into its place.</summary>
    Publishing,
}
