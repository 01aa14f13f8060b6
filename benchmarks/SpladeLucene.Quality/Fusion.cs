using SpladeLucene.Evaluation;

namespace SpladeLucene.Quality;

/// <summary>
/// BM25 and SPLADE as one ranking: (1 − weight) × BM25 + weight × SPLADE. Of the scores themselves: shares of the best
/// score hide how sure a ranking is, and on the training's development sets they are no better.
/// </summary>
internal static class Fusion
{
    /// <summary>What the training chose for splade-tiny-en 0.5.0 on its development sets; the model's card says more.
    /// </summary>
    public const double DefaultWeight = 0.7;

    public static Run Of(Slice slice, Run bm25, Run splade, double weight,
        ScoreNormalization normalization = ScoreNormalization.None) =>
        Run.Of(slice, "BM25 + SPLADE, fused", null, (_, query) => new Ranking(
            RankFusion.WeightedSum(
                [(bm25.Rankings[query], 1 - weight), (splade.Rankings[query], weight)], normalization), null));
}
