using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Lucene.Net.Search.Similarities;

// How documents are scored: what is noted of a field when it is indexed, and what that and the terms make of a match.
public abstract class Similarity
{
    public virtual float Coord(int overlap, int maxOverlap) => 1f;

    public virtual float QueryNorm(float valueForNormalization) => 1f;

    public abstract long ComputeNorm(FieldInvertState state);

    public abstract SimWeight ComputeWeight(
        float queryBoost, CollectionStatistics collectionStats, params TermStatistics[] termStats);

    public abstract SimScorer GetSimScorer(SimWeight weight, AtomicReaderContext context);

    // A term, or several, weighed for one index.
    public abstract class SimWeight
    {
        public abstract float GetValueForNormalization();

        public abstract void Normalize(float queryNorm, float topLevelBoost);
    }

    // Scores the documents of one segment.
    public abstract class SimScorer
    {
        public abstract float Score(int doc, float freq);

        public abstract float ComputeSlopFactor(int distance);

        public abstract float ComputePayloadFactor(int doc, int start, int end, BytesRef payload);

        public virtual Explanation Explain(int doc, Explanation freq) =>
            new Explanation(Score(doc, freq.Value), $"score(doc={doc},freq={freq.Value}), with freq of:").With(freq);
    }
}
