using System.Diagnostics;
using Lucene.Net.Index;
using SpladeLucene.Impacts.Files;
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

    // A full disk may have space again.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMinutes(1);

    private readonly object _building = new();
    private volatile SegmentImpacts? _impacts;
    private volatile bool _freed;

    // The segment lacks the field, which no core ever gets.
    private volatile bool _absent;

    // Not built: postings show which terms it concerns, and that is for those who ask for these.
    private volatile bool _foreign;

    // What didn't fit, so that a search needn't measure the segment again while it still doesn't.
    private long _refused;

    // When the folder was asked in vain for the last time; 0 where it is of no use to ask it again.
    private long _failed;

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
        lock (_building) Build(reader, onHeap: true, out _);
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
        bool fits = Volatile.Read(ref _refused) is var refused && (refused == 0 || (refused != NeverFits && cache.Budget.Fits(refused)));
        if (!fits && !MayBeMapped()) return null;
        reason = FallbackReason.BeingBuilt;
        if (!Monitor.TryEnter(_building)) return null;
        try
        {
            return Build(reader, onHeap: fits, out reason);
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

    /// <summary>Whether the folder failed, and long enough ago to be asked again.</summary>
    private bool MayBeMapped() => Volatile.Read(ref _failed) is not 0 and long failed
        && cache.Options.Time.GetElapsedTime(failed) >= BetweenTries;

    /// <param name="reader">The segment.</param>
    /// <param name="onHeap">Whether they may be on the heap, where no file has them and none can be written.</param>
    /// <param name="reason">Why there are none.</param>
    private SegmentImpacts? Build(SegmentReader reader, bool onHeap, out FallbackReason reason)
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
            ImpactSize size = ImpactSize.Of(impacts, reader.MaxDoc);
            if (Map(reader, impacts, size) is { } mapped) return mapped;
            reason = FallbackReason.OverBudget;
            return onHeap ? OnHeap(reader, impacts, size, out reason) : null;
        }
        catch (ForeignPayloadException)
        {
            _foreign = true;
            reason = FallbackReason.ForeignPayload;
            return null;
        }
    }

    /// <returns>Null where no file has them and none can be written.</returns>
    private SegmentImpacts? Map(SegmentReader reader, ImpactReader postings, ImpactSize size)
    {
        if (cache.Files is not { } files) return null;
        MappedSegment mapped = files.Map(reader, field, postings, size, cache.WantsBlocks(reader.MaxDoc));
        Volatile.Write(ref _failed, mapped.HasFailed ? cache.Options.Time.GetTimestamp() : 0);
        if (mapped.Impacts is not { } impacts) return null;
        cache.Budget.CountMapped(impacts.Bytes);
        if (mapped.Writing is { } time) Tell(impacts, time);
        return _impacts = impacts;
    }

    private SegmentImpacts? OnHeap(SegmentReader reader, ImpactReader impacts, ImpactSize size, out FallbackReason reason)
    {
        reason = FallbackReason.None;
        long started = Stopwatch.GetTimestamp();
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
