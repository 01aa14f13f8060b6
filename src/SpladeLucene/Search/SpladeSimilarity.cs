using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;

namespace SpladeLucene;

/// <summary>
/// Lets plain Lucene queries score a field written as <see cref="WeightEncoding.TermFrequency"/>: a <c>TermQuery</c>
/// scores <c>boost × frequency × range / 256</c>, so a <c>BooleanQuery</c> of boosted term queries is a dot product. No
/// coord, no norms, no query normalization. Use it for the SPLADE field only, through
/// <see cref="PerFieldSimilarityWrapper"/>. <see cref="SpladeQuery"/> needs no similarity.
/// </summary>
public sealed class SpladeSimilarity : Similarity
{
    private readonly float _weightOfOne;

    /// <summary>Makes a similarity.</summary>
    /// <param name="quantizer">The one the field was indexed with; default <see cref="ImpactQuantizer.Default"/>.</param>
    public SpladeSimilarity(ImpactQuantizer? quantizer = null) =>
        _weightOfOne = (quantizer ?? ImpactQuantizer.Default).Dequantize(1);

    /// <summary>A constant: how many terms a document has says nothing about its impacts.</summary>
    public override long ComputeNorm(FieldInvertState state) => 1;

    /// <inheritdoc/>
    public override SimWeight ComputeWeight(
        float queryBoost, CollectionStatistics collectionStats, params TermStatistics[] termStats) =>
        new ImpactWeight(queryBoost);

    /// <inheritdoc/>
    public override SimScorer GetSimScorer(SimWeight weight, AtomicReaderContext context)
    {
        if (weight is not ImpactWeight impactWeight)
            throw new ArgumentException("The weight was made by another similarity.", nameof(weight));
        return new ImpactScorer(impactWeight.Boost * _weightOfOne);
    }

    private sealed class ImpactWeight(float queryBoost) : SimWeight
    {
        private float _topLevelBoost = 1;

        public float Boost => queryBoost * _topLevelBoost;

        public override float GetValueForNormalization() => 0;

        public override void Normalize(float queryNorm, float topLevelBoost) => _topLevelBoost = topLevelBoost;
    }

    private sealed class ImpactScorer(float weightOfOne) : SimScorer
    {
        public override float Score(int doc, float freq) => Math.Min(freq, ImpactQuantizer.MaxImpact) * weightOfOne;

        public override float ComputeSlopFactor(int distance) => 1;

        public override float ComputePayloadFactor(int doc, int start, int end, BytesRef payload) => 1;
    }
}
