using SpladeLucene.Fusion;

namespace SpladeLucene.Quality;

/// <summary>
/// BM25 and SPLADE as one ranking: (1 − weight) × BM25 + weight × SPLADE, each a share of its best score.
/// </summary>
internal static class FusionWeight
{
    private const int Steps = 20;

    /// <summary>
    /// The weight, in steps of 0.05, with the best nDCG@10, or the one nearest to one half that is not worse by more
    /// than the standard error of the difference: a fusion that a few queries less would not choose again is no choice.
    /// </summary>
    public static double Choose(Slice slice, Run bm25, Run splade)
    {
        (double Weight, double[] Ndcg)[] tried = [.. Enumerable.Range(0, Steps + 1).Select(step => (double)step / Steps)
            .Select(weight => (weight, Fuse(slice, bm25, splade, weight).Ndcg))];
        double[] best = tried.MaxBy(one => one.Ndcg.Average()).Ndcg;
        return tried.Where(one => IsAsGood(one.Ndcg, best)).MinBy(one => Math.Abs(one.Weight - 0.5)).Weight;
    }

    public static Run Fuse(Slice slice, Run bm25, Run splade, double weight,
        ScoreNormalization normalization = ScoreNormalization.Max) =>
        slice.Search("BM25 + SPLADE, fused", null, (_, query) => new Ranking(
            RankFusion.WeightedSum(
                [(bm25.Rankings[query], 1 - weight), (splade.Rankings[query], weight)], normalization), null));

    private static bool IsAsGood(double[] values, double[] best)
    {
        double[] lost = [.. best.Zip(values, (one, other) => one - other)];
        double mean = lost.Average();
        double variance = lost.Sum(value => (value - mean) * (value - mean)) / (lost.Length - 1);
        return mean <= Math.Sqrt(variance / lost.Length);
    }
}
