using SpladeLucene.Impacts;

namespace SpladeLucene;

public sealed partial class ImpactCache
{
    private long _built;
    private long _freed;
    private long _refused;
    private long _buildTicks;

    /// <summary>What the cache holds now and did so far.</summary>
    public ImpactCacheStatistics Statistics
    {
        get
        {
            SegmentImpacts[] held =
            [
                .. _cores.Values.SelectMany(core => core.Fields.Values).Select(entry => entry.Impacts)
                    .OfType<SegmentImpacts>(),
            ];
            return new ImpactCacheStatistics(
                held.Length, Budget.Used, held.Sum(impacts => (long)impacts.Postings), Volatile.Read(ref _built),
                Volatile.Read(ref _freed), Volatile.Read(ref _refused), new TimeSpan(Volatile.Read(ref _buildTicks)),
                Budget.Mapped);
        }
    }

    internal void CountBuilt(TimeSpan time)
    {
        Interlocked.Increment(ref _built);
        Interlocked.Add(ref _buildTicks, time.Ticks);
    }

    internal void CountRefused() => Interlocked.Increment(ref _refused);

    internal void CountFreed(SegmentImpacts impacts)
    {
        if (impacts.IsOutsideHeap) Budget.CountMapped(-impacts.Bytes);
        else Budget.Return(impacts.Bytes);
        Interlocked.Increment(ref _freed);
    }
}

/// <summary>What an <see cref="ImpactCache"/> holds and did so far.</summary>
/// <param name="Entries">Segments and fields held now.</param>
/// <param name="Bytes">What they take up now on the heap, with what is being built.</param>
/// <param name="Postings">The postings in them.</param>
/// <param name="Built">How many were built since the cache was made; those found in a file weren't.</param>
/// <param name="Freed">How many went with their segments.</param>
/// <param name="Refused">How often an entry wasn't built because it didn't fit the budget.</param>
/// <param name="BuildTime">What building took, summed over threads.</param>
/// <param name="MappedBytes">What they take up now in mapped files, which is neither on the heap nor of the budget.</param>
public sealed record ImpactCacheStatistics(
    int Entries, long Bytes, long Postings, long Built, long Freed, long Refused, TimeSpan BuildTime,
    long MappedBytes);
