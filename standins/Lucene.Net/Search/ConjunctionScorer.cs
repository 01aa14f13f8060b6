namespace Lucene.Net.Search;

// The documents that all scorers match. The scorer with the fewest documents leads.
internal sealed class ConjunctionScorer : CountingScorer
{
    private readonly Scorer[] _scorers;
    private int _doc = -1;

    internal ConjunctionScorer(Weight weight, IEnumerable<Scorer> scorers) : base(weight)
    {
        _scorers = [.. scorers.OrderBy(scorer => scorer.GetCost())];
    }

    public override int DocID => _doc;

    public override int Freq => _scorers.Length;

    // A part of the same query counts its own clauses; any other scorer is one clause.
    internal override int Matches => _scorers.Sum(scorer => scorer is CountingScorer inner ? inner.Matches : 1);

    public override int NextDoc() => _doc = Agree(_scorers[0].NextDoc());

    public override int Advance(int target) => _doc = Agree(_scorers[0].Advance(target));

    public override long GetCost() => _scorers[0].GetCost();

    public override float GetScore()
    {
        float sum = 0f;
        foreach (Scorer scorer in _scorers)
        {
            sum += scorer.GetScore();
        }
        return sum;
    }

    // The first document, at or after the leader's, that all of them have.
    private int Agree(int doc)
    {
        for (int i = 1; i < _scorers.Length; i++)
        {
            if (_scorers[i].DocID < doc)
            {
                _scorers[i].Advance(doc);
            }
            if (_scorers[i].DocID > doc)
            {
                doc = _scorers[0].Advance(_scorers[i].DocID);
                i = 0;
            }
        }
        return doc;
    }
}
