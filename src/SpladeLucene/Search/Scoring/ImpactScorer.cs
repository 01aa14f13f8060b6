using System.Diagnostics;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Impacts;
using SpladeLucene.Search.TopK;

namespace SpladeLucene.Search.Scoring;

/// <summary>
/// Scores over impacts in memory for Lucene's own loops. Who asks for one document after the other gets them out of a
/// window of 65,536 sums. Who jumps gets each document by looking its impacts up, until as much was spent in a window
/// as adding all of it up would have cost: so it never takes more than twice the time of the better way.
/// </summary>
internal sealed class ImpactScorer : Scorer
{
    // Looking one posting up takes as long as adding so many.
    private const int PostingsASeek = 32;

    // Clearing a sum and looking at it takes a part of what adding a posting does.
    private const int SumsAPosting = 4;

    private readonly SegmentImpacts _impacts;
    private readonly LastingLease? _lease;
    private readonly SegmentTerm[] _terms;
    private readonly IBits? _acceptDocs;
    private readonly float _unit;
    private readonly int _leastSum;
    private readonly ImpactCursor[] _cursors;

    // Held from the first window that is summed to the end.
    private SearchScratch? _scratch;

    // The window that _doc lies in: its first document, and the first one past it.
    private int _start;
    private int _end;

    // Whether the window's sums are in the scratch; if not, how many seeks may be spent on it.
    private bool _summed;
    private long _seeksLeft;

    private int _doc = -1;
    private int _sum;

    /// <param name="weight">The query's weight.</param>
    /// <param name="lease">The segment; held as long as the scorer lives.</param>
    /// <param name="terms">The query's terms that the segment has, at least one.</param>
    /// <param name="acceptDocs">The documents that may be found; null for all.</param>
    /// <param name="unit">What one unit of a sum is worth.</param>
    /// <param name="leastSum">The least sum of a hit, at least 1.</param>
    public ImpactScorer(
        Weight weight, ImpactLease lease, SegmentTerm[] terms, IBits? acceptDocs, float unit, int leastSum)
        : base(weight)
    {
        _impacts = lease.Impacts!;
        _lease = lease.Keep();
        _terms = terms;
        _acceptDocs = acceptDocs;
        _unit = unit;
        _leastSum = leastSum;
        _cursors = [.. terms.Select(term => new ImpactCursor(_impacts, term.Term))];
    }

    public override int DocID => _doc;

    /// <summary>1: the query matches a document once.</summary>
    public override int Freq => 1;

    public override float GetScore()
    {
        Debug.Assert(_doc >= 0 && _doc != NO_MORE_DOCS && _sum > 0, "A score is asked for only on a document.");
        return _sum * _unit;
    }

    public override int NextDoc() => _doc == NO_MORE_DOCS ? _doc : FindHeld(_doc + 1, jumps: false);

    public override int Advance(int target) => FindHeld(target, jumps: true);

    /// <summary>As of the postings, which decides in which order a conjunction adds its scores up.</summary>
    public override long GetCost()
    {
        long cost = 0;
        foreach (SegmentTerm term in _terms) cost += _impacts.Frequency(term.Term);
        GC.KeepAlive(_lease);
        return cost;
    }

    private int FindHeld(int target, bool jumps)
    {
        int doc = Find(target, jumps);
        GC.KeepAlive(_lease);
        return doc;
    }

    private int Find(int target, bool jumps)
    {
        while (target < _impacts.Documents)
        {
            if (target >= _end) Open(target >> SegmentImpacts.WindowShift);
            if (!_summed && (!jumps || _seeksLeft <= 0)) Sum();
            int doc = _summed ? NextSum(target) : Seek(target);
            if (doc < _end && _sum >= _leastSum && _acceptDocs?.Get(doc) != false) return _doc = doc;
            target = doc < _end ? doc + 1 : _end;
        }

        _scratch?.Dispose();
        _scratch = null;
        (_summed, _seeksLeft, _start, _end) = (false, 0, 0, 0);
        return _doc = NO_MORE_DOCS;
    }

    private void Open(int window)
    {
        _start = window << SegmentImpacts.WindowShift;
        _end = (int)Math.Min((long)_start + SegmentImpacts.WindowSize, _impacts.Documents);
        _summed = false;
        long cost = (_end - _start) / SumsAPosting;
        foreach (SegmentTerm term in _terms)
        {
            (int start, int end) = _impacts.Bounds(_impacts.Slice(term.Term, window));
            cost += end - start;
        }

        _seeksLeft = cost / PostingsASeek;
    }

    private void Sum()
    {
        _scratch ??= SearchScratch.Rent();
        Span<int> sums = _scratch.Sums.AsSpan(0, _end - _start);
        sums.Clear();
        WindowedAccumulation.Fill(_impacts, _terms, _start >> SegmentImpacts.WindowShift, sums);
        _summed = true;
    }

    private int NextSum(int target)
    {
        Span<int> sums = _scratch!.Sums.AsSpan(target - _start, _end - target);
        int ahead = sums.IndexOfAnyInRange(_leastSum, int.MaxValue);
        if (ahead < 0) return _end;
        _sum = sums[ahead];
        return target + ahead;
    }

    /// <summary>Moves every term to <paramref name="target"/> or past it, and adds up those that stand first.</summary>
    private int Seek(int target)
    {
        _seeksLeft -= _terms.Length;
        int first = _end;
        for (int i = 0; i < _cursors.Length; i++)
        {
            int doc = _cursors[i].Seek(target);
            if (doc > first || doc >= _end) continue;
            if (doc < first) (first, _sum) = (doc, 0);
            _sum += _terms[i].Weight * _cursors[i].Impact;
        }

        return first;
    }
}
