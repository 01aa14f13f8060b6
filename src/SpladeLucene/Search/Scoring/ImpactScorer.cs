using System.Diagnostics;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Impacts;

namespace SpladeLucene.Search.Scoring;

/// <summary>
/// Scores over impacts in memory for Lucene's own loops. Who asks for one document after the other gets them out of a
/// part of 8,192 sums. Who jumps gets each document by looking its impacts up, until as much was spent in a part
/// as adding all of it up would have cost: so it hardly ever takes more than twice the time of the better way.
/// </summary>
internal sealed class ImpactScorer : Scorer
{
    // Looking one posting up takes as long as adding so many.
    private const int PostingsASeek = 32;

    // Clearing a sum and looking at it takes a part of what adding a posting does.
    private const int SumsAPosting = 4;

    // Their sums, 32 KB, stay in the first-level cache. They are the scorer's own: nobody says when they aren't asked for any more.
    private const int PartSize = 1 << 13;

    private readonly SegmentImpacts _impacts;
    private readonly LastingLease? _lease;
    private readonly SegmentTerm[] _terms;
    private readonly IBits? _acceptDocs;
    private readonly float _unit;
    private readonly int _leastSum;
    private readonly ImpactCursor[] _cursors;

    // Made for the first part that is summed.
    private int[] _sums = [];

    // The part that _doc lies in: its first document, and the first one past it.
    private int _start;
    private int _end;

    // The window that the part lies in, the first document past it, and how many seeks a part of it is worth.
    private int _window = -1;
    private int _windowEnd;
    private long _seeksAPart;

    // Whether the part's sums are there, from the first document on that may still be asked for; if not, how many seeks may be spent on it.
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
            if (target >= _end) Open(target);
            if (!_summed && (!jumps || _seeksLeft <= 0)) Sum(target);
            // A seek leaps over parts without a document.
            (int doc, int end) = _summed ? (NextSum(target), _end) : (Seek(target), _windowEnd);
            if (doc < end && _sum >= _leastSum && _acceptDocs?.Get(doc) != false) return _doc = doc;
            target = doc < end ? doc + 1 : end;
        }

        (_summed, _seeksLeft, _start, _end) = (false, 0, 0, 0);
        return _doc = NO_MORE_DOCS;
    }

    private void Open(int target)
    {
        _start = target & ~(PartSize - 1);
        _end = (int)Math.Min((long)_start + PartSize, _impacts.Documents);
        _summed = false;
        int window = target >> SegmentImpacts.WindowShift;
        if (window != _window) OpenWindow(window);
        _seeksLeft = _seeksAPart;
    }

    private void OpenWindow(int window)
    {
        int start = window << SegmentImpacts.WindowShift;
        _window = window;
        _windowEnd = (int)Math.Min((long)start + SegmentImpacts.WindowSize, _impacts.Documents);
        int parts = (_windowEnd - start + PartSize - 1) / PartSize;
        long cost = (_windowEnd - start) / SumsAPosting;
        foreach (SegmentTerm term in _terms)
        {
            (int first, int end) = _impacts.Bounds(_impacts.Slice(term.Term, window));
            cost += end - first;
        }

        _seeksAPart = cost / parts / PostingsASeek;
    }

    private void Sum(int target)
    {
        if (_sums.Length == 0) _sums = new int[Math.Min(PartSize, _impacts.Documents)];
        Span<int> sums = _sums.AsSpan(target - _start, _end - target);
        sums.Clear();
        for (int i = 0; i < _cursors.Length; i++) _cursors[i].Add(target, _terms[i].Weight, sums);
        _summed = true;
    }

    private int NextSum(int target)
    {
        Span<int> sums = _sums.AsSpan(target - _start, _end - target);
        int ahead = sums.IndexOfAnyInRange(_leastSum, int.MaxValue);
        if (ahead < 0) return _end;
        _sum = sums[ahead];
        return target + ahead;
    }

    /// <summary>Moves every term to <paramref name="target"/> or past it, and adds up those that stand first.</summary>
    private int Seek(int target)
    {
        _seeksLeft -= _terms.Length;
        int first = _windowEnd;
        for (int i = 0; i < _cursors.Length; i++)
        {
            int doc = _cursors[i].Seek(target);
            if (doc > first || doc >= _windowEnd) continue;
            if (doc < first) (first, _sum) = (doc, 0);
            _sum += _terms[i].Weight * _cursors[i].Impact;
        }

        return first;
    }
}
