namespace SpladeLucene.Evaluation;

/// <summary>What one ranking is worth by the usual three of <see cref="RetrievalMetrics"/>, each 0 to 1.</summary>
/// <param name="Ndcg">nDCG@10.</param>
/// <param name="ReciprocalRank">MRR@10 of this one query.</param>
/// <param name="Recall">R@100.</param>
public readonly record struct Measures(double Ndcg, double ReciprocalRank, double Recall)
{
    /// <summary>Measures a ranking.</summary>
    /// <param name="ranking">Document ids, best first, none twice.</param>
    /// <param name="grades">The query's judgements.</param>
    public static Measures Of(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades) => new(
        RetrievalMetrics.Ndcg(ranking, grades, 10),
        RetrievalMetrics.ReciprocalRank(ranking, grades, 10),
        RetrievalMetrics.Recall(ranking, grades, 100));
}
