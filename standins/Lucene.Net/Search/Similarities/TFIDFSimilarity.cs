using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Lucene.Net.Search.Similarities;

// The vector space model: term frequency times inverse document frequency, normalized for the field and the query.
public abstract class TFIDFSimilarity : Similarity
{
    public abstract override float Coord(int overlap, int maxOverlap);

    public abstract override float QueryNorm(float sumOfSquaredWeights);

    public abstract float Tf(float freq);

    public abstract float Idf(long docFreq, long numDocs);

    public abstract float LengthNorm(FieldInvertState state);

    public abstract float DecodeNormValue(long norm);

    public abstract long EncodeNormValue(float f);

    public abstract float SloppyFreq(int distance);

    public abstract float ScorePayload(int doc, int start, int end, BytesRef payload);

    public sealed override long ComputeNorm(FieldInvertState state) => EncodeNormValue(LengthNorm(state));

    public sealed override SimWeight ComputeWeight(
        float queryBoost, CollectionStatistics collectionStats, params TermStatistics[] termStats) =>
        new TFIDFWeight(collectionStats.Field, IdfExplanation.Of(collectionStats, termStats, Idf), queryBoost);

    public sealed override SimScorer GetSimScorer(SimWeight stats, AtomicReaderContext context)
    {
        var weight = (TFIDFWeight)stats;
        return new TFIDFScorer(this, weight, context.AtomicReader.GetNormValues(weight.Field));
    }

    private sealed class TFIDFWeight(string fieldName, Explanation idf, float queryBoost) : SimWeight
    {
        private float _queryWeight = idf.Value * queryBoost;

        internal string Field => fieldName;

        internal Explanation Idf => idf;

        internal float QueryBoost => queryBoost;

        internal float QueryNorm { get; private set; }

        internal float Value { get; private set; }

        public override float GetValueForNormalization() => _queryWeight * _queryWeight;

        public override void Normalize(float queryNorm, float topLevelBoost)
        {
            QueryNorm = queryNorm * topLevelBoost;
            _queryWeight *= QueryNorm;
            Value = _queryWeight * idf.Value;
        }
    }

    private sealed class TFIDFScorer(TFIDFSimilarity similarity, TFIDFWeight weight, NumericDocValues? norms)
        : SimScorer
    {
        public override float Score(int doc, float freq)
        {
            float raw = similarity.Tf(freq) * weight.Value;
            return norms is null ? raw : raw * similarity.DecodeNormValue(norms.Get(doc));
        }

        public override float ComputeSlopFactor(int distance) => similarity.SloppyFreq(distance);

        public override float ComputePayloadFactor(int doc, int start, int end, BytesRef payload) =>
            similarity.ScorePayload(doc, start, end, payload);

        public override Explanation Explain(int doc, Explanation freq)
        {
            Explanation query = ExplainQuery();
            Explanation document = ExplainDocument(doc, freq);
            return query.Value == 1f
                ? document
                : new Explanation(query.Value * document.Value, $"score(doc={doc},freq={freq.Value}), product of:")
                    .With(query, document);
        }

        private Explanation ExplainQuery()
        {
            var boost = new Explanation(weight.QueryBoost, "boost");
            float value = boost.Value * weight.Idf.Value * weight.QueryNorm;
            var result = new Explanation(value, "queryWeight, product of:");
            return (boost.Value == 1f ? result : result.With(boost))
                .With(weight.Idf, new Explanation(weight.QueryNorm, "queryNorm"));
        }

        private Explanation ExplainDocument(int doc, Explanation freq)
        {
            float norm = norms is null ? 1f : similarity.DecodeNormValue(norms.Get(doc));
            float frequency = similarity.Tf(freq.Value);
            return new Explanation(frequency * weight.Idf.Value * norm, $"fieldWeight in {doc}, product of:").With(
                new Explanation(frequency, $"tf(freq={freq.Value}), with freq of:").With(freq),
                weight.Idf,
                new Explanation(norm, $"fieldNorm(doc={doc})"));
        }
    }
}
