using Lucene.Net.Index;

namespace SpladeLucene;

/// <summary>
/// Builds the impacts of a merged segment before a near-real-time reader sees it, in the thread that merged it: set it
/// as <c>IndexWriterConfig.MergedSegmentWarmer</c>.
/// </summary>
public sealed class ImpactWarmer : IndexWriter.IndexReaderWarmer
{
    private readonly ImpactCache _cache;
    private readonly string[] _fields;

    /// <summary>Makes a warmer.</summary>
    /// <param name="cache">The one that the searchers use.</param>
    /// <param name="fields">The fields that hold impacts.</param>
    public ImpactWarmer(ImpactCache cache, params string[] fields)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(fields);
        _cache = cache;
        _fields = fields;
    }

    /// <inheritdoc/>
    public override void Warm(AtomicReader reader)
    {
        foreach (string field in _fields) _cache.Warm(reader, field);
    }
}
