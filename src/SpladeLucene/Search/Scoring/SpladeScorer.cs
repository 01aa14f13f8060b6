using System.Diagnostics;
using Lucene.Net.Search;
using SpladeLucene.Postings;

namespace SpladeLucene.Search.Scoring;

/// <summary>
/// Scores over Lucene's own postings, a window of documents at a time: each term's postings are added into an array of
/// sums, and the documents with a sum are handed out in order. Windows double while documents are asked for one after
/// the other and start small again after a jump, so that a selective filter doesn't pay for documents it skips.
/// </summary>
internal sealed class SpladeScorer : Scorer
{
    private const int FirstWindow = 64;

    // 8,192 sums are 32 KB: they stay in the first-level cache while every term adds to them.
    private const int LargestWindow = 8192;

    private readonly QueryPostings[] _postings;
    private readonly float _unit;
    private readonly int _leastSum;

    // Invariant: _sums[i] belongs to document _start + i; all sums at and past _end - _start are 0.
    private readonly int[] _sums;
    private int _start;
    private int _end;
    private int _length = FirstWindow;
    private int _doc = -1;

    /// <param name="weight">The query's weight.</param>
    /// <param name="postings">Over the documents that may be found.</param>
    /// <param name="unit">What one unit of a sum is worth.</param>
    /// <param name="leastSum">The least sum of a hit, at least 1.</param>
    /// <param name="maxDoc">The segment's documents.</param>
    public SpladeScorer(Weight weight, QueryPostings[] postings, float unit, int leastSum, int maxDoc)
        : base(weight)
    {
        _sums = new int[Math.Min(maxDoc, LargestWindow)];
        _postings = postings;
        _unit = unit;
        _leastSum = leastSum;
        foreach (QueryPostings term in postings) term.Postings.NextDoc();
    }

    public override int DocID => _doc;

    /// <summary>1: the query matches a document once.</summary>
    public override int Freq => 1;

    public override float GetScore()
    {
        Debug.Assert(_doc >= _start && _doc < _end, "A score is asked for only on a document.");
        return _sums[_doc - _start] * _unit;
    }

    public override int NextDoc()
    {
        if (_doc == NO_MORE_DOCS) return _doc;
        return _doc + 1 < _end ? NextFrom(_doc + 1) : NextWindow(_end);
    }

    public override int Advance(int target)
    {
        if (target < _end) return NextFrom(target);
        _length = FirstWindow;
        return NextWindow(target);
    }

    public override long GetCost()
    {
        long cost = 0;
        foreach (QueryPostings term in _postings) cost += term.Postings.Cost;
        return cost;
    }

    private int NextFrom(int doc)
    {
        int ahead = FirstHit(_sums.AsSpan(doc - _start, _end - doc));
        return ahead < 0 ? NextWindow(_end) : _doc = doc + ahead;
    }

    private int NextWindow(int target)
    {
        // A window may be empty: a document may be under the floor, and one whose only impacts are 0 doesn't match.
        int ahead = -1;
        for (; ahead < 0; target = _end)
        {
            Array.Clear(_sums, 0, _end - _start);
            _start = _end = Seek(target);
            if (_start == NO_MORE_DOCS) return _doc = NO_MORE_DOCS;
            Fill();
            ahead = FirstHit(_sums.AsSpan(0, _end - _start));
        }

        return _doc = _start + ahead;
    }

    private int FirstHit(ReadOnlySpan<int> sums) => sums.IndexOfAnyInRange(_leastSum, int.MaxValue);

    private void Fill()
    {
        _end = (int)Math.Min((long)_start + Math.Min(_length, _sums.Length), NO_MORE_DOCS);
        _length = Math.Min(_length * 2, LargestWindow);
        foreach (QueryPostings term in _postings)
            term.Postings.Accumulate(_sums, _start, _end, term.Term.Weight);
    }

    /// <summary>Moves every term to <paramref name="target"/> or past it.</summary>
    /// <returns>The first document that any of them is on.</returns>
    private int Seek(int target)
    {
        int first = NO_MORE_DOCS;
        foreach (QueryPostings term in _postings)
        {
            int doc = term.Postings.Doc;
            if (doc < target) doc = term.Postings.Advance(target);
            first = Math.Min(first, doc);
        }

        return first;
    }
}
