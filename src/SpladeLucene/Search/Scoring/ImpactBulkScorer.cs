using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Impacts;
using SpladeLucene.Search.TopK;

namespace SpladeLucene.Search.Scoring;

/// <summary>
/// Hands all documents to a collector, with scores from impacts in memory: what a <see cref="SpladeSearcher"/> runs for a
/// sort, a collector and the optional clauses of a <c>BooleanQuery</c>. A window of 65,536 documents is added up at a
/// time and stays while pieces of it are asked for.
/// </summary>
/// <param name="weight">The query's weight.</param>
/// <param name="impacts">The segment's impacts. Many a bulk scorer is made and never asked: they are held from the first document on.</param>
/// <param name="terms">The query's terms that the segment has, at least one.</param>
/// <param name="acceptDocs">The documents that may be found; null for all.</param>
/// <param name="unit">What one unit of a sum is worth.</param>
/// <param name="leastSum">The least sum of a hit, at least 1.</param>
/// <param name="tell">Called once, by the first call.</param>
internal sealed class ImpactBulkScorer(
    Weight weight, SegmentImpacts impacts, SegmentTerm[] terms, IBits? acceptDocs, float unit, int leastSum, Action tell) : BulkScorer
{
    private readonly CurrentHit _current = new(weight);

    // Both held from the first call to the end, or to a collector's exception.
    private LastingLease? _lease;
    private SearchScratch? _scratch;

    private bool _hasBegun;

    // The window whose sums are in the scratch.
    private int _window = -1;

    // Every document before this one was handed over.
    private int _next;

    public override bool Score(ICollector collector, int max)
    {
        if (!_hasBegun) Begin();
        bool goesOn = false;
        try
        {
            goesOn = Hand(collector, max);
            GC.KeepAlive(_lease);
        }
        finally
        {
            if (!goesOn) End();
        }

        return goesOn;
    }

    private void Begin()
    {
        if (!impacts.TryHold()) throw new ObjectDisposedException(nameof(SegmentReader), "The segment is closed.");
        _lease = new ImpactLease(impacts).Keep();
        _hasBegun = true;
        tell();
    }

    private bool Hand(ICollector collector, int max)
    {
        collector.SetScorer(_current);
        int end = Math.Min(max, impacts.Documents);
        while (_next < end)
        {
            int start = _next & ~(SegmentImpacts.WindowSize - 1);
            int stop = (int)Math.Min((long)start + SegmentImpacts.WindowSize, end);
            Collect(collector, start, SumsOf(start >> SegmentImpacts.WindowShift)[..(stop - start)]);
            _next = stop;
        }

        return _next < impacts.Documents;
    }

    private void End()
    {
        _lease?.Dispose();
        _scratch?.Dispose();
        (_scratch, _window, _next) = (null, -1, impacts.Documents);
    }

    private Span<int> SumsOf(int window)
    {
        _scratch ??= SearchScratch.Rent();
        int start = window << SegmentImpacts.WindowShift;
        Span<int> sums = _scratch.Sums.AsSpan(0, Math.Min(SegmentImpacts.WindowSize, impacts.Documents - start));
        if (window == _window) return sums;
        sums.Clear();
        WindowedAccumulation.Fill(impacts, terms, window, sums);
        _window = window;
        return sums;
    }

    private void Collect(ICollector collector, int start, ReadOnlySpan<int> sums)
    {
        for (int i = FirstHit(sums, _next - start); i < sums.Length; i = FirstHit(sums, i + 1))
        {
            int doc = start + i;
            if (acceptDocs?.Get(doc) == false) continue;
            _current.Set(doc, sums[i] * unit);
            collector.Collect(doc);
        }
    }

    /// <summary>The first hit from a place on; behind the last sum where there is none.</summary>
    private int FirstHit(ReadOnlySpan<int> sums, int from)
    {
        // Without a floor nearly every document is a hit, and the next one stands next door.
        if (leastSum == 1)
        {
            while (from < sums.Length && sums[from] == 0) from++;
            return from;
        }

        int ahead = sums[from..].IndexOfAnyInRange(leastSum, int.MaxValue);
        return ahead < 0 ? sums.Length : from + ahead;
    }
}
