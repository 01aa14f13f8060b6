namespace Lucene.Net.Search;

// The documents of one scorer; another one adds to the score where it matches too.
internal sealed class RequiredOptionalScorer(Weight weight, CountingScorer required, CountingScorer optional)
    : CountingScorer(weight)
{
    public override int DocID => required.DocID;

    public override int Freq => OptionalMatches ? 2 : 1;

    internal override int Matches => required.Matches + (OptionalMatches ? optional.Matches : 0);

    private bool OptionalMatches
    {
        get
        {
            if (optional.DocID < required.DocID)
            {
                optional.Advance(required.DocID);
            }
            return optional.DocID == required.DocID;
        }
    }

    public override int NextDoc() => required.NextDoc();

    public override int Advance(int target) => required.Advance(target);

    public override long GetCost() => required.GetCost();

    public override float GetScore()
    {
        float score = required.GetScore();
        return OptionalMatches ? score + optional.GetScore() : score;
    }
}
