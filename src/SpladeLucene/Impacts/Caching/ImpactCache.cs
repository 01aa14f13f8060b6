using System.Collections.Concurrent;
using Lucene.Net.Index;
using SpladeLucene.Impacts;
using SpladeLucene.Impacts.Caching;
using SpladeLucene.Impacts.Files;

namespace SpladeLucene;

/// <summary>
/// Keeps the impacts of segments in memory, in a layout made for scoring, for all searchers that share it: on the heap, or in
/// mapped files (<see cref="ImpactCacheOptions.Folder"/>). A segment's
/// impacts are built once, by the first search or by warming, belong to the segment's core (which reopened readers
/// share, whatever was deleted meanwhile), and go when the core is closed, or with a cache that nobody uses any more. What doesn't fit the budget isn't built:
/// searches run over Lucene's postings there, with the same hits and the same scores. Thread-safe.
/// </summary>
public sealed partial class ImpactCache
{
    private readonly ConcurrentDictionary<object, CoreImpacts> _cores = new(ReferenceEqualityComparer.Instance);
    private readonly object _opening = new();

    /// <summary>Makes an empty cache.</summary>
    /// <param name="options">Default: a quarter of the memory, with block maxima, built by the first search.</param>
    public ImpactCache(ImpactCacheOptions? options = null)
    {
        Options = options ?? new ImpactCacheOptions();
        Budget = new ImpactBudget(Options.BudgetInBytes);
        Files = Options.Folder is { } folder ? new ImpactFolder(folder, Options.LeastBytesForFile, Options.Time) : null;
    }

    /// <summary>The cache that searchers use unless they are given another one.</summary>
    public static ImpactCache Shared { get; } = new();

    /// <summary>What the cache was made with.</summary>
    public ImpactCacheOptions Options { get; }

    internal ImpactBudget Budget { get; }

    /// <summary>Where impacts are kept outside the heap; null where they aren't.</summary>
    internal ImpactFolder? Files { get; }

    internal bool WantsBlocks(int documents) =>
        Options.BlockMaxima && documents >= Options.LeastDocumentsForBlocks;

    /// <summary>Holds the impacts of a field in a segment, if they are there or can be built now.</summary>
    internal ImpactLease Lease(AtomicReader reader, string field, out FallbackReason reason)
    {
        reason = FallbackReason.NotASegment;
        return reader is SegmentReader segment ? EntryOf(segment, field).GetOrBuild(segment, out reason) : default;
    }

    /// <summary>Holds the impacts of a field in all segments of an index.</summary>
    /// <returns>Null where one would have to be scored over postings.</returns>
    internal LeasedSegments? LeaseAll(IndexReader reader, string field)
    {
        var segments = new LeasedSegments();
        bool all = false;
        try
        {
            foreach (AtomicReaderContext leaf in reader.Leaves)
            {
                ImpactLease lease = Lease(leaf.AtomicReader, field, out FallbackReason fallback);
                segments.Add(leaf, lease);
                if (lease.Impacts is null && fallback != FallbackReason.None) return null;
            }

            all = true;
            return segments;
        }
        finally
        {
            // Also where a segment throws, as one that was closed does: what is held stays mapped.
            if (!all) segments.Dispose();
        }
    }

    private ImpactEntry EntryOf(SegmentReader segment, string field) =>
        CoreOf(segment).Fields.GetOrAdd(field, static (field, cache) => new ImpactEntry(cache, field), this);

    private CoreImpacts CoreOf(SegmentReader segment)
    {
        if (_cores.TryGetValue(segment.CoreCacheKey, out CoreImpacts? core)) return core;
        lock (_opening)
        {
            if (_cores.TryGetValue(segment.CoreCacheKey, out core)) return core;
            // Held, so that the core doesn't close before what is to be freed then is there. A closed one throws.
            segment.IncRef();
            try
            {
                segment.AddCoreDisposedListener(new CoreListener(new WeakReference<ImpactCache>(this)));
                return _cores[segment.CoreCacheKey] = new CoreImpacts();
            }
            finally
            {
                segment.DecRef();
            }
        }
    }

    private void Free(object coreCacheKey)
    {
        if (!_cores.TryRemove(coreCacheKey, out CoreImpacts? core)) return;
        foreach (ImpactEntry entry in core.Fields.Values) entry.Free();
    }

    /// <summary>The fields of one segment.</summary>
    private sealed class CoreImpacts
    {
        public ConcurrentDictionary<string, ImpactEntry> Fields { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>Hears that a segment is closed. A cache that nobody uses any more goes with all its impacts, however long its
    /// segments stay open.</summary>
    private sealed class CoreListener(WeakReference<ImpactCache> cache) : SegmentReader.ICoreDisposedListener
    {
        public void OnDispose(object ownerCoreCacheKey)
        {
            if (cache.TryGetTarget(out ImpactCache? living)) living.Free(ownerCoreCacheKey);
        }
    }
}
