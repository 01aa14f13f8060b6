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
        Parallel.ForEach(segments, options, segment => EntryOf(segment, field).Warm(segment));
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
