namespace Lucene.Net.Search;

// A scorer that knows how many clauses the document matches.
internal abstract class CountingScorer(Weight weight) : Scorer(weight)
{
    internal abstract int Matches { get; }

    public override int Freq => Matches;
}

internal sealed class SingleScorer(Weight weight, Scorer inner) : CountingScorer(weight)
{
    public override int DocID => inner.DocID;

    internal override int Matches => 1;

    public override int NextDoc() => inner.NextDoc();

    public override int Advance(int target) => inner.Advance(target);

    public override long GetCost() => inner.GetCost();

    public override float GetScore() => inner.GetScore();
}

// Multiplies the sum by the factor for the number of clauses that match.
internal sealed class CoordScorer(Weight weight, CountingScorer sum, float[] coords) : Scorer(weight)
{
    public override int DocID => sum.DocID;

    public override int Freq => sum.Freq;

    public override int NextDoc() => sum.NextDoc();

    public override int Advance(int target) => sum.Advance(target);

    public override long GetCost() => sum.GetCost();

    public override float GetScore()
    {
        float score = sum.GetScore();
        return score * coords[sum.Matches];
    }
}
