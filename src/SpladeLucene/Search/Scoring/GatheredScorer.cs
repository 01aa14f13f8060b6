using System.Diagnostics;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Search.Gathering;

namespace SpladeLucene.Search.Scoring;

/// <summary>Hands a segment's hits out that were all found before.</summary>
internal sealed class GatheredScorer : Scorer
{
    private readonly GatheredHits _hits;
    private readonly IBits? _acceptDocs;
    private readonly int _docBase;
    private readonly float _unit;
    private readonly Func<long> _cost;
    private readonly int _first;
    private readonly int _end;
    private int _place;
    private int _doc = -1;

    /// <param name="weight">The query's weight.</param>
    /// <param name="hits">Those of the whole index.</param>
    /// <param name="docBase">The segment's first document in it.</param>
    /// <param name="documents">The segment's documents.</param>
    /// <param name="acceptDocs">The documents that may be found; null for all.</param>
    /// <param name="unit">What one unit of a sum is worth.</param>
    /// <param name="cost">How many postings the segment has of the query's terms.</param>
    public GatheredScorer(
        Weight weight, GatheredHits hits, int docBase, int documents, IBits? acceptDocs, float unit, Func<long> cost)
        : base(weight)
    {
        (_hits, _docBase, _acceptDocs, _unit, _cost) = (hits, docBase, acceptDocs, unit, cost);
        _first = hits.Seek(0, docBase);
        _end = hits.Seek(_first, docBase + documents);
        _place = _first;
    }

    /// <summary>Whether the segment has no hit.</summary>
    public bool IsEmpty => _first == _end;

    public override int DocID => _doc;

    /// <summary>1: the query matches a document once.</summary>
    public override int Freq => 1;

    public override float GetScore()
    {
        Debug.Assert(_doc >= 0 && _doc != NO_MORE_DOCS, "A score is asked for only on a document.");
        return _hits.Sum(_place) * _unit;
    }

    public override int NextDoc() => _doc == NO_MORE_DOCS ? _doc : From(_doc < 0 ? _first : _place + 1);

    public override int Advance(int target) =>
        target == NO_MORE_DOCS ? _doc = NO_MORE_DOCS : From(_hits.Seek(_place, _docBase + target));

    /// <summary>
    /// As of the postings and not of the hits: it decides in which order a conjunction adds its scores up, and sums of floats
    /// differ by their order.
    /// </summary>
    public override long GetCost() => _cost();

    private int From(int place)
    {
        for (; place < _end; place++)
        {
            int doc = _hits.Doc(place) - _docBase;
            if (_acceptDocs?.Get(doc) == false) continue;
            _place = place;
            return _doc = doc;
        }

        _place = _end;
        return _doc = NO_MORE_DOCS;
    }
}
