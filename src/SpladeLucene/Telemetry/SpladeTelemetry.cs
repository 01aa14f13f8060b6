using System.Diagnostics;
using System.Diagnostics.Metrics;
using SpladeLucene.Telemetry;

namespace SpladeLucene;

/// <summary>
/// What searches tell whoever listens, under one name: a <see cref="System.Diagnostics.Metrics.Meter"/>, an
/// <see cref="ActivitySource"/> and an <c>EventSource</c>. While nobody listens, a search pays for a few comparisons.
/// <list type="table">
/// <item><term>splade.search.duration</term><description>histogram, seconds a search for a SPLADE query, for it and one other in a
/// <c>BooleanQuery</c>, or of a <see cref="HybridSearcher"/>, without those of collectors; <c>count</c>: exact, open</description></item>
/// <item><term>splade.search.segments</term><description>counter, segments searched; <c>algorithm</c>: windows,
/// block_max, postings, none where nothing could match</description></item>
/// <item><term>splade.search.fallbacks</term><description>counter, segments searched over Lucene's postings;
/// <c>reason</c>: a <c>FallbackReason</c>, in snake case</description></item>
/// <item><term>splade.impacts.builds</term><description>counter, segments whose impacts were built</description></item>
/// <item><term>splade.impacts.build.duration</term><description>histogram, seconds a segment</description></item>
/// <item><term>splade.impacts.refusals</term><description>counter, segments that didn't fit the budget
/// </description></item>
/// <item><term>splade.impacts.files</term><description>counter, files of impacts; <c>outcome</c>: mapped, written, distrusted
/// (damaged or another's, and made anew), failed (the heap was taken), deleted</description></item>
/// <item><term>splade.impacts.resident</term><description>bytes that all caches hold on the heap, with what is being built
/// </description></item>
/// <item><term>splade.impacts.mapped</term><description>bytes of files that all caches have mapped; not on the heap
/// </description></item>
/// </list>
/// All but the last two, and deleted files, carry <c>splade.field</c>. Activities are splade.search and splade.impacts.build.
/// </summary>
public static class SpladeTelemetry
{
    /// <summary>The name of all three, as in <c>AddMeter(SpladeTelemetry.Name)</c>.</summary>
    public const string Name = "SpladeLucene";

    internal const string FieldTag = "splade.field";

    private static readonly string? Version = typeof(SpladeTelemetry).Assembly.GetName().Version?.ToString(3);

    // First, as the instruments below are made of it.
    internal static Meter Meter { get; } = new(Name, Version);

    internal static ActivitySource Activities { get; } = new(Name, Version ?? "");

    private static readonly Histogram<double> Duration =
        Seconds.Histogram(Meter, "splade.search.duration", "How long searches took.");

    private static readonly Counter<long> Segments =
        Meter.CreateCounter<long>("splade.search.segments", "{segment}", "Segments searched, by algorithm.");

    private static readonly Counter<long> Fallbacks = Meter.CreateCounter<long>(
        "splade.search.fallbacks", "{segment}", "Segments searched over Lucene's postings, by reason.");

    /// <summary>When a search begins, if anybody wants to know.</summary>
    internal static long Now => Duration.Enabled ? Stopwatch.GetTimestamp() : 0;

    /// <summary>Null where nobody traces.</summary>
    internal static Activity? StartSearch(string field, int wanted) =>
        Activities.StartActivity("splade.search")?.SetTag(FieldTag, field).SetTag("splade.wanted", wanted);

    /// <summary>A search is done that began at <paramref name="started"/>.</summary>
    internal static void Searched(string field, bool countsAll, long started)
    {
        if (started == 0 || !Duration.Enabled) return;
        Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds,
            new(FieldTag, field), new("count", countsAll ? "exact" : "open"));
    }

    /// <summary>A segment was searched, or a scorer of it was handed to Lucene.</summary>
    /// <param name="field">The field.</param>
    /// <param name="docBase">The segment's first document in the whole index.</param>
    /// <param name="algorithm">How, as the counter names it.</param>
    /// <param name="fallback">Why over Lucene's postings; null where it wasn't.</param>
    internal static void Segment(string field, int docBase, string algorithm, string? fallback)
    {
        KeyValuePair<string, object?> fieldTag = new(FieldTag, field);
        Segments.Add(1, fieldTag, new("algorithm", algorithm));
        if (fallback is null) return;
        Fallbacks.Add(1, fieldTag, new("reason", fallback));
        if (SpladeEvents.Log.IsEnabled()) SpladeEvents.Log.FellBack(field, docBase, fallback);
    }
}
