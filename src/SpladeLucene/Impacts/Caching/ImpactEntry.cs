using System.Diagnostics;
using Lucene.Net.Index;
using SpladeLucene.Postings;
using SpladeLucene.Telemetry;

namespace SpladeLucene.Impacts.Caching;

/// <summary>
/// One field of one segment in an <see cref="ImpactCache"/>. Built at most once at a time: the builder holds the lock,
/// and a search that finds it held doesn't wait. Once built, nothing is locked any more.
/// </summary>
internal sealed class ImpactEntry(ImpactCache cache, string field)
{
    // Whatever the budget is; no overflow beside what is used of it.
    private const long NeverFits = long.MaxValue / 2;

    private readonly object _building = new();
    private volatile SegmentImpacts? _impacts;
    private volatile bool _freed;

    // The segment lacks the field, which no core ever gets.
    private volatile bool _absent;

    // Not built: postings show which terms it concerns, and that is for those who ask for these.
    private volatile bool _foreign;

    // What didn't fit, so that a search needn't measure the segment again while it still doesn't.
    private long _refused;

    public SegmentImpacts? Impacts => _impacts;

    /// <summary>
    /// Holds the impacts if they are there or can be built now; none without a reason where the segment lacks the field.
    /// </summary>
    public ImpactLease GetOrBuild(SegmentReader reader, out FallbackReason reason)
    {
        SegmentImpacts? impacts = Find(reader, out reason);
        if (impacts?.TryHold() != false) return new ImpactLease(impacts);
        // Lucene's postings will say that the reader is closed.
        reason = FallbackReason.NotWarmed;
        return default;
    }

    /// <summary>Builds the impacts unless they are there; waits for a thread that is at it already.</summary>
    public void Warm(SegmentReader reader)
    {
        lock (_building) Build(reader, out _);
    }

    private SegmentImpacts? Find(SegmentReader reader, out FallbackReason reason)
    {
        reason = FallbackReason.None;
        if (_impacts is { } impacts) return impacts;
        if (_absent) return null;
        reason = FallbackReason.NotWarmed;
        if (!cache.Options.BuildOnFirstSearch) return null;
        reason = FallbackReason.ForeignPayload;
        if (_foreign) return null;
        reason = FallbackReason.OverBudget;
        if (Volatile.Read(ref _refused) is > 0 and long refused
            && (refused == NeverFits || !cache.Budget.Fits(refused))) return null;
        reason = FallbackReason.BeingBuilt;
        if (!Monitor.TryEnter(_building)) return null;
        try
        {
            return Build(reader, out reason);
        }
        finally
        {
            Monitor.Exit(_building);
        }
    }

    /// <summary>Gives the memory back; the segment is closed.</summary>
    public void Free()
    {
        // Whoever comes for the lock later sees the mark; a builder that is at work is waited for.
        _freed = true;
        lock (_building)
        {
            if (_impacts is null) return;
            cache.CountFreed(_impacts);
            SpladeEvents.Log.Freed(field, _impacts.Bytes);
            _impacts.GiveBack();
            _impacts = null;
        }
    }

    private SegmentImpacts? Build(SegmentReader reader, out FallbackReason reason)
    {
        reason = FallbackReason.None;
        if (_impacts is { } there) return there;
        // Lucene's postings will say that the reader is closed.
        reason = FallbackReason.NotWarmed;
        if (_freed) return null;
        reason = FallbackReason.ForeignPayload;
        if (_foreign) return null;
        reason = FallbackReason.None;
        ImpactReader? impacts = ImpactReader.Open(reader, field);
        if (impacts is null)
        {
            _absent = true;
            return null;
        }

        try
        {
            return Map(reader, impacts) ?? OnHeap(reader, impacts, out reason);
        }
        catch (ForeignPayloadException)
        {
            _foreign = true;
            reason = FallbackReason.ForeignPayload;
            return null;
        }
    }

    /// <returns>Null where no file has them and none can be written.</returns>
    private SegmentImpacts? Map(SegmentReader reader, ImpactReader postings)
    {
        if (cache.Files is not { } files) return null;
        SegmentImpacts? mapped = files.Map(reader, field, postings, cache.WantsBlocks(reader.MaxDoc), out TimeSpan? writing);
        if (mapped is null) return null;
        cache.Budget.CountMapped(mapped.Bytes);
        if (writing is { } time) Tell(mapped, time);
        return _impacts = mapped;
    }

    private SegmentImpacts? OnHeap(SegmentReader reader, ImpactReader impacts, out FallbackReason reason)
    {
        reason = FallbackReason.None;
        long started = Stopwatch.GetTimestamp();
        ImpactSize size = ImpactSize.Of(impacts, reader.MaxDoc);
        bool blocks = cache.WantsBlocks(reader.MaxDoc) && cache.Budget.Fits(size.WindowBytes + size.BlockBytes);
        long reserved = size.WindowBytes + (blocks ? size.BlockBytes : 0);
        if (!size.FitsArrays || !cache.Budget.TryReserve(reserved))
        {
            reason = Refuse(reader.MaxDoc, size, isFinal: !size.FitsArrays);
            return null;
        }

        try
        {
            return Build(impacts, reader.MaxDoc, size, blocks, reserved, started);
        }
        catch (OutOfMemoryException)
        {
            // In a merge it would cost the writer what isn't committed. A search would only run into it again; warming may try.
            reason = Refuse(reader.MaxDoc, size, isFinal: true);
            return null;
        }
    }

    private FallbackReason Refuse(int documents, ImpactSize size, bool isFinal)
    {
        Volatile.Write(ref _refused, isFinal ? NeverFits : size.WindowBytes);
        cache.CountRefused();
        ImpactTelemetry.Refused(field, documents, size.WindowBytes, cache.Budget.Used, cache.Budget.Limit);
        return FallbackReason.OverBudget;
    }

    private SegmentImpacts Build(
        ImpactReader reader, int documents, ImpactSize size, bool blocks, long reserved, long started)
    {
        SegmentImpacts? built = null;
        using Activity? activity = ImpactTelemetry.StartBuild(field);
        try
        {
            built = SegmentImpactsBuilder.Build(reader, documents, size, blocks);
        }
        finally
        {
            Debug.Assert(built is null || built.Bytes <= reserved, "The size was an upper bound.");
            cache.Budget.Return(reserved - (built?.Bytes ?? 0));
        }

        Tell(built, Stopwatch.GetElapsedTime(started));
        return _impacts = built;
    }

    private void Tell(SegmentImpacts built, TimeSpan time)
    {
        cache.CountBuilt(time);
        ImpactTelemetry.Built(field, built.Postings, built.Bytes, time);
    }
}

/// <summary>Bytes that may be used on the heap and bytes that are, and those in mapped files beside them. Thread-safe, without
/// locks.</summary>
internal sealed class ImpactBudget(long limit)
{
    private long _used, _mapped;

#pragma warning disable MA0055 // It frees nothing, it counts: nobody else hears that a cache isn't used any more. Here, where it keeps no impacts.
    /// <summary>What the cache held is gone from the gauges too.</summary>
    ~ImpactBudget()
    {
        ImpactTelemetry.Resident(-Used);
        FileTelemetry.Resident(-Mapped);
    }
#pragma warning restore MA0055

    public long Limit { get; } = limit;

    public long Used => Volatile.Read(ref _used);

    public long Mapped => Volatile.Read(ref _mapped);

    public bool Fits(long bytes) => Used + bytes <= Limit;

    public bool TryReserve(long bytes)
    {
        long used = Used;
        while (used + bytes <= Limit)
        {
            long found = Interlocked.CompareExchange(ref _used, used + bytes, used);
            if (found == used)
            {
                ImpactTelemetry.Resident(bytes);
                return true;
            }

            used = found;
        }

        return false;
    }

    public void CountMapped(long bytes)
    {
        Interlocked.Add(ref _mapped, bytes);
        FileTelemetry.Resident(bytes);
    }

    public void Return(long bytes)
    {
        Interlocked.Add(ref _used, -bytes);
        ImpactTelemetry.Resident(-bytes);
    }
}
