namespace Lucene.Net.Search;

// The score of a query that gives every match the same: its boost, normalized.
internal sealed class ConstantScore(Query query)
{
    internal float Value { get; private set; }

    internal float QueryNorm { get; private set; }

    internal float GetValueForNormalization()
    {
        Value = query.Boost;
        return Value * Value;
    }

    internal void Normalize(float norm, float topLevelBoost)
    {
        QueryNorm = norm * topLevelBoost;
        Value *= QueryNorm;
    }
}

internal sealed class ConstantScorer(Weight weight, DocIdSetIterator docs, float score) : Scorer(weight)
{
    public override int DocID => docs.DocID;

    public override int Freq => 1;

    public override int NextDoc() => docs.NextDoc();

    public override int Advance(int target) => docs.Advance(target);

    public override long GetCost() => docs.GetCost();

    public override float GetScore() => score;
}
