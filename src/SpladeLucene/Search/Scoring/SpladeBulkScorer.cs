using System.Diagnostics;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Postings;

namespace SpladeLucene.Search.Scoring;

/// <summary>
/// Scores all documents over Lucene's own postings: what every <c>IndexSearcher</c> runs where the query stands alone.
/// Each term's postings are added into an array of sums, a window of documents at a time. Deletions are looked at once
/// a document instead of once a posting.
/// </summary>
internal sealed class SpladeBulkScorer : BulkScorer
{
    // 8,192 sums are 32 KB: they stay in the first-level cache while every term adds to them.
    private const int Window = 8192;

    private readonly QueryPostings[] _postings;
    private readonly IBits? _acceptDocs;
    private readonly float _unit;
    private readonly int _leastSum;
    private readonly CurrentHit _current;

    // Invariant: zero between two windows.
    private readonly int[] _sums = new int[Window];

    /// <param name="weight">The query's weight.</param>
    /// <param name="postings">Over all documents, deleted ones too.</param>
    /// <param name="acceptDocs">The documents that may be found; null for all.</param>
    /// <param name="unit">What one unit of a sum is worth.</param>
    /// <param name="leastSum">The least sum of a hit, at least 1.</param>
    public SpladeBulkScorer(
        Weight weight, QueryPostings[] postings, IBits? acceptDocs, float unit, int leastSum)
    {
        _postings = postings;
        _acceptDocs = acceptDocs;
        _unit = unit;
        _leastSum = leastSum;
        _current = new CurrentHit(weight);
        foreach (QueryPostings term in postings) term.Postings.NextDoc();
    }

    public override bool Score(ICollector collector, int max)
    {
        collector.SetScorer(_current);
        int start = Next();
        for (; start < max; start = Next())
        {
            int end = (int)Math.Min((long)start + Window, max);
            foreach (QueryPostings term in _postings)
                term.Postings.Accumulate(_sums, start, end, term.Term.Weight);
            Collect(collector, start, end - start);
        }

        return start != DocIdSetIterator.NO_MORE_DOCS;
    }

    /// <summary>The first document that any term is on.</summary>
    private int Next()
    {
        int first = DocIdSetIterator.NO_MORE_DOCS;
        foreach (QueryPostings term in _postings) first = Math.Min(first, term.Postings.Doc);
        return first;
    }

    private void Collect(ICollector collector, int start, int length)
    {
        Span<int> sums = _sums.AsSpan(0, length);
        for (int i = 0; i < sums.Length; i++)
        {
            int sum = sums[i];
            if (sum == 0) continue;
            sums[i] = 0;
            if (sum < _leastSum || _acceptDocs?.Get(start + i) == false) continue;
            _current.Set(start + i, sum * _unit);
            collector.Collect(start + i);
        }

        Debug.Assert(!sums.ContainsAnyExcept(0), "The next window starts from zero.");
    }
}

/// <summary>What a collector asks for the score of the document it is handed.</summary>
internal sealed class CurrentHit(Weight weight) : Scorer(weight)
{
    private int _doc = -1;
    private float _score;

    public override int DocID => _doc;

    public override int Freq => 1;

    public void Set(int doc, float score) => (_doc, _score) = (doc, score);

    public override float GetScore() => _score;

    public override int NextDoc() => throw OutOfReach();

    public override int Advance(int target) => throw OutOfReach();

    public override long GetCost() => throw OutOfReach();

    private static InvalidOperationException OutOfReach() => new("A collector does not move the scorer.");
}
