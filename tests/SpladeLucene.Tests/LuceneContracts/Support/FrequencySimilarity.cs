using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;

namespace SpladeLucene.Tests.LuceneContracts.Support;

/// <summary>Scores the frequency times the boosts; notes what it is told of index and fields.</summary>
internal sealed class FrequencySimilarity : Similarity
{
    public List<string> Inverted { get; } = [];

    public List<string> Weighed { get; } = [];

    public override long ComputeNorm(FieldInvertState state)
    {
        Inverted.Add($"{state.Name}: {state.Length} tokens, {state.NumOverlap} overlap, boost {state.Boost}");
        return state.Length;
    }

    public override SimWeight ComputeWeight(
        float queryBoost, CollectionStatistics collectionStats, params TermStatistics[] termStats)
    {
        CollectionStatistics all = collectionStats;
        string terms = string.Join(' ', termStats.Select(term =>
            $"{term.Term.Utf8ToString()} in {term.DocFreq}, {term.TotalTermFreq} times"));
        Weighed.Add($"{all.Field}: {all.MaxDoc} docs, {all.DocCount} with it, {all.SumDocFreq} postings, "
            + $"{all.SumTotalTermFreq} tokens; {terms}");
        return new Boosted(queryBoost);
    }

    public override SimScorer GetSimScorer(SimWeight weight, AtomicReaderContext context) =>
        new Scorer(((Boosted)weight).Value);

    private sealed class Boosted(float queryBoost) : SimWeight
    {
        public float Value { get; private set; } = queryBoost;

        public override float GetValueForNormalization() => 1f;

        public override void Normalize(float queryNorm, float topLevelBoost) => Value *= topLevelBoost;
    }

    private sealed class Scorer(float weight) : SimScorer
    {
        public override float Score(int doc, float freq) => weight * freq;

        public override float ComputeSlopFactor(int distance) => 1f;

        public override float ComputePayloadFactor(int doc, int start, int end, BytesRef payload) => 1f;
    }
}
