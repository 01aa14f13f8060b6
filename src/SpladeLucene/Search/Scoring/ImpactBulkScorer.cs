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
internal sealed class ImpactBulkScorer(
    Weight weight, ImpactLease lease, SegmentTerm[] terms, IBits? acceptDocs, float unit, int leastSum) : BulkScorer
{
    private readonly SegmentImpacts _impacts = lease.Impacts!;

    // Held to the end, or as long as this lives.
    private readonly LastingLease? _lease = lease.Keep();

    private readonly CurrentHit _current = new(weight);

    // Held from the first window to the end.
    private SearchScratch? _scratch;

    // The window whose sums are in the scratch.
    private int _window = -1;

    // Every document before this one was handed over.
    private int _next;

    public override bool Score(ICollector collector, int max)
    {
        collector.SetScorer(_current);
        int end = Math.Min(max, _impacts.Documents);
        while (_next < end)
        {
            int start = _next & ~(SegmentImpacts.WindowSize - 1);
            int stop = (int)Math.Min((long)start + SegmentImpacts.WindowSize, end);
            Collect(collector, start, SumsOf(start >> SegmentImpacts.WindowShift)[..(stop - start)]);
            _next = stop;
        }

        GC.KeepAlive(_lease);
        if (_next < _impacts.Documents) return true;
        _lease?.Dispose();
        _scratch?.Dispose();
        _scratch = null;
        return false;
    }

    private Span<int> SumsOf(int window)
    {
        _scratch ??= SearchScratch.Rent();
        int start = window << SegmentImpacts.WindowShift;
        Span<int> sums = _scratch.Sums.AsSpan(0, Math.Min(SegmentImpacts.WindowSize, _impacts.Documents - start));
        if (window == _window) return sums;
        sums.Clear();
        WindowedAccumulation.Fill(_impacts, terms, window, sums);
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
