using SpladeLucene.Fusion;

namespace SpladeLucene.Quality;

/// <summary>
/// BM25 and SPLADE as one ranking: (1 − weight) × BM25 + weight × SPLADE. Of the scores themselves: on the development
/// split that was better at every weight than shares of the best score, which hide how sure a ranking is.
/// </summary>
internal static class FusionWeight
{
    private const int Steps = 20;

    /// <summary>
    /// The smallest weight, in steps of 0.05, whose nDCG@10 is not worse than the best one's by more than the standard
    /// error of the difference. Most of our queries share no word with their answer, and BM25 can only harm them; so
    /// what they leave undecided is BM25's.
    /// </summary>
    public static double Choose(Slice slice, Run bm25, Run splade)
    {
        (double Weight, double[] Ndcg)[] tried = [.. Enumerable.Range(0, Steps + 1).Select(step => (double)step / Steps)
            .Select(weight => (weight, Fuse(slice, bm25, splade, weight).Ndcg))];
        double[] best = tried.MaxBy(one => one.Ndcg.Average()).Ndcg;
        return tried.Where(one => IsAsGood(one.Ndcg, best)).Min(one => one.Weight);
    }

    public static Run Fuse(Slice slice, Run bm25, Run splade, double weight,
        ScoreNormalization normalization = ScoreNormalization.None) =>
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
