using Lucene.Net.Index;

namespace Lucene.Net.Search.Similarities;

// Another similarity for each field. What belongs to the whole query is left to the wrapper.
public abstract class PerFieldSimilarityWrapper : Similarity
{
    public abstract Similarity Get(string name);

    public sealed override long ComputeNorm(FieldInvertState state) => Get(state.Name).ComputeNorm(state);

    public sealed override SimWeight ComputeWeight(
        float queryBoost, CollectionStatistics collectionStats, params TermStatistics[] termStats)
    {
        Similarity chosen = Get(collectionStats.Field);
        return new PerFieldWeight(chosen, chosen.ComputeWeight(queryBoost, collectionStats, termStats));
    }

    public sealed override SimScorer GetSimScorer(SimWeight weight, AtomicReaderContext context)
    {
        var perField = (PerFieldWeight)weight;
        return perField.Similarity.GetSimScorer(perField.Inner, context);
    }

    private sealed class PerFieldWeight(Similarity similarity, SimWeight inner) : SimWeight
    {
        internal Similarity Similarity => similarity;

        internal SimWeight Inner => inner;

        public override float GetValueForNormalization() => inner.GetValueForNormalization();

        public override void Normalize(float queryNorm, float topLevelBoost) =>
            inner.Normalize(queryNorm, topLevelBoost);
    }
}
