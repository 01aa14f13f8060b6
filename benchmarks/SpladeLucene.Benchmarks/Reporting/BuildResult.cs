namespace SpladeLucene.Benchmarks.Reporting;

/// <summary>How impacts were built: how long it took and what they take up.</summary>
/// <param name="Estimated">Bytes, as stated before building.</param>
/// <param name="Stated">Bytes, as the cache counts them afterwards.</param>
/// <param name="Measured">Bytes by which the managed heap grew.</param>
internal sealed record BuildResult(
    string Name, long Postings, TimeSpan Time, long Estimated, long Stated, long Measured)
{
    /// <summary>Million postings a second.</summary>
    public double Speed => Postings / Time.TotalMicroseconds;
}
