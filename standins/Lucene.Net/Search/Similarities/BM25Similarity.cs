using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Lucene.Net.Search.Similarities;

// Okapi BM25 (Robertson et al., TREC-3). The length of a document is known to one byte.
public class BM25Similarity : Similarity
{
    // The length that each norm stands for.
    private static readonly float[] LengthOfNorm = Array.ConvertAll(SmallSingle.DecodeTable(), f => 1f / (f * f));

    private readonly float _k1;
    private readonly float _b;

    public BM25Similarity() : this(1.2f, 0.75f)
    {
    }

    public BM25Similarity(float k1, float b)
    {
        _k1 = k1;
        _b = b;
    }

    public sealed override long ComputeNorm(FieldInvertState state) =>
        SmallSingle.Encode(state.Boost / (float)Math.Sqrt(state.Length - state.NumOverlap));

    public sealed override SimWeight ComputeWeight(
        float queryBoost, CollectionStatistics collectionStats, params TermStatistics[] termStats)
    {
        float averageLength = collectionStats.SumTotalTermFreq <= 0
            ? 1f
            : (float)(collectionStats.SumTotalTermFreq / (double)collectionStats.MaxDoc);
        Explanation idf = IdfExplanation.Of(collectionStats, termStats, Idf);
        return new BM25Weight(collectionStats.Field, idf, queryBoost, averageLength, LengthFactors(averageLength));
    }

    public sealed override SimScorer GetSimScorer(SimWeight stats, AtomicReaderContext context)
    {
        var weight = (BM25Weight)stats;
        return new BM25Scorer(this, weight, context.AtomicReader.GetNormValues(weight.Field));
    }

    public override string ToString() => $"BM25(k1={_k1},b={_b})";

    private static float Idf(long docFreq, long numDocs) =>
        (float)Math.Log(1 + ((numDocs - docFreq + 0.5D) / (docFreq + 0.5D)));

    // What is added to the frequency in the denominator, for each norm.
    private float[] LengthFactors(float averageLength) =>
        Array.ConvertAll(LengthOfNorm, length => _k1 * (1 - _b + (_b * length / averageLength)));

    private sealed class BM25Weight(
        string fieldName, Explanation idf, float queryBoost, float averageLength, float[] lengthFactors) : SimWeight
    {
        private float _topLevelBoost;

        internal string Field => fieldName;

        internal Explanation Idf => idf;

        internal float AverageLength => averageLength;

        internal float[] LengthFactors => lengthFactors;

        internal float Boost => queryBoost * _topLevelBoost;

        internal float Value { get; private set; }

        public override float GetValueForNormalization()
        {
            float weight = idf.Value * queryBoost;
            return weight * weight;
        }

        // BM25 is not normalized.
        public override void Normalize(float queryNorm, float topLevelBoost)
        {
            _topLevelBoost = topLevelBoost;
            Value = idf.Value * queryBoost * topLevelBoost;
        }
    }

    private sealed class BM25Scorer(BM25Similarity similarity, BM25Weight weight, NumericDocValues? norms) : SimScorer
    {
        private readonly float _numerator = weight.Value * (similarity._k1 + 1);

        public override float Score(int doc, float freq)
        {
            float factor = norms is null ? similarity._k1 : weight.LengthFactors[(byte)norms.Get(doc)];
            return _numerator * freq / (freq + factor);
        }

        public override float ComputeSlopFactor(int distance) => 1f / (distance + 1);

        public override float ComputePayloadFactor(int doc, int start, int end, BytesRef payload) => 1f;

        public override Explanation Explain(int doc, Explanation freq)
        {
            var boost = new Explanation(weight.Boost, "boost");
            Explanation frequency = ExplainFrequency(doc, freq);
            float value = boost.Value * weight.Idf.Value * frequency.Value;
            var result = new Explanation(value, $"score(doc={doc},freq={freq}), product of:");
            return (boost.Value == 1f ? result : result.With(boost)).With(weight.Idf, frequency);
        }

        private Explanation ExplainFrequency(int doc, Explanation freq)
        {
            (float k1, float b) = (similarity._k1, similarity._b);
            Explanation result = new Explanation { Description = "tfNorm, computed from:" }
                .With(freq, new Explanation(k1, "parameter k1"));
            if (norms is null)
            {
                result.Value = freq.Value * (k1 + 1) / (freq.Value + k1);
                return result.With(new Explanation(0, "parameter b (norms omitted for field)"));
            }
            float length = LengthOfNorm[(byte)norms.Get(doc)];
            result.Value = freq.Value * (k1 + 1)
                / (freq.Value + (k1 * (1 - b + (b * length / weight.AverageLength))));
            return result.With(
                new Explanation(b, "parameter b"),
                new Explanation(weight.AverageLength, "avgFieldLength"),
                new Explanation(length, "fieldLength"));
        }
    }
}
