using Lucene.Net.Index;
using SpladeLucene.Impacts;
using SpladeLucene.Postings;

namespace SpladeLucene;

public sealed partial class ImpactCache
{
    /// <summary>Builds what isn't there yet, so that no search has to.</summary>
    /// <param name="reader">The index.</param>
    /// <param name="field">The field that holds the documents' impacts.</param>
    /// <param name="degreeOfParallelism">How many segments are built at a time, at least 1.</param>
    /// <param name="cancellationToken">Ends the work between two segments; what is built stays.</param>
    /// <exception cref="InvalidOperationException">The field holds no impacts.</exception>
    public void Warm(
        IndexReader reader, string field, int degreeOfParallelism = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreeOfParallelism);
        SegmentReader[] segments = [.. reader.Leaves.Select(leaf => leaf.AtomicReader).OfType<SegmentReader>()];
        if (degreeOfParallelism == 1)
        {
            foreach (SegmentReader segment in segments)
            {
                cancellationToken.ThrowIfCancellationRequested();
                EntryOf(segment, field).Warm(segment);
            }

            return;
        }

        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = degreeOfParallelism,
            CancellationToken = cancellationToken,
        };
        ParallelLoop.Run(() => Parallel.ForEach(segments, options, segment => EntryOf(segment, field).Warm(segment)));
    }

    /// <summary>
    /// What <paramref name="field"/> will take up in this cache at most, in bytes, before any of it is built. Costs one
    /// walk over the field's terms a segment.
    /// </summary>
    public long EstimateBytes(IndexReader reader, string field)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(field);
        long bytes = 0;
        foreach (AtomicReader segment in reader.Leaves.Select(leaf => leaf.AtomicReader))
        {
            if (ImpactReader.Open(segment, field) is not { } impacts) continue;
            ImpactSize size = ImpactSize.Of(impacts, segment.MaxDoc);
            bytes += size.WindowBytes + (WantsBlocks(segment.MaxDoc) ? size.BlockBytes : 0);
        }

        return bytes;
    }
}

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
