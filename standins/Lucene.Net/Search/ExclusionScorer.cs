namespace Lucene.Net.Search;

// The documents of one scorer that another one does not match.
internal sealed class ExclusionScorer(Weight weight, CountingScorer included, Scorer excluded) : CountingScorer(weight)
{
    public override int DocID => included.DocID;

    public override int Freq => included.Freq;

    internal override int Matches => included.Matches;

    public override int NextDoc() => SkipExcluded(included.NextDoc());

    public override int Advance(int target) => SkipExcluded(included.Advance(target));

    public override long GetCost() => included.GetCost();

    public override float GetScore() => included.GetScore();

    private int SkipExcluded(int doc)
    {
        while (doc != NO_MORE_DOCS && IsExcluded(doc))
        {
            doc = included.NextDoc();
        }
        return doc;
    }

    private bool IsExcluded(int doc)
    {
        if (excluded.DocID < doc)
        {
            excluded.Advance(doc);
        }
        return excluded.DocID == doc;
    }
}
