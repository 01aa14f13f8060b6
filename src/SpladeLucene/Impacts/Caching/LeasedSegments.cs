using Lucene.Net.Index;

namespace SpladeLucene.Impacts.Caching;

/// <summary>The segments of an index with their impacts, held until this is disposed of.</summary>
internal sealed class LeasedSegments : IDisposable
{
    private readonly List<(AtomicReaderContext Leaf, ImpactLease Lease)> _segments = [];

    /// <summary>Each segment with its impacts; null where no document of it has the field.</summary>
    public IEnumerable<(AtomicReaderContext Leaf, SegmentImpacts? Impacts)> All =>
        _segments.Select(segment => (segment.Leaf, segment.Lease.Impacts));

    public void Add(AtomicReaderContext leaf, ImpactLease lease) => _segments.Add((leaf, lease));

    public void Dispose()
    {
        foreach ((_, ImpactLease lease) in _segments) lease.Dispose();
        _segments.Clear();
    }
}
