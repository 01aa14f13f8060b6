namespace SpladeLucene.Evaluation;

/// <summary>
/// The measures of one ranking, as trec_eval defines them: documents without a judgement are not relevant, grades at or
/// under 0 gain nothing, and a query without a relevant document is worth 0.
/// </summary>
public static class RetrievalMetrics
{
    /// <summary>
    /// Normalized discounted cumulative gain over the first <paramref name="depth"/> documents: Σ grade / log2(rank + 1)
    /// over the same sum of the best possible ranking (Järvelin and Kekäläinen 2002, with linear gains). 0 to 1.
    /// </summary>
    /// <param name="ranking">Document ids, best first, none twice.</param>
    /// <param name="grades">The query's judgements.</param>
    /// <param name="depth">How many documents count; 1 or more.</param>
    public static double Ndcg(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth)
    {
        Check(ranking, grades, depth);
        double ideal = DiscountedGain(grades.Values.OrderDescending(), depth);
        return ideal == 0 ? 0 : DiscountedGain(ranking.Select(id => grades.GetValueOrDefault(id)), depth) / ideal;
    }

    /// <summary>1 / rank of the first relevant document among the first <paramref name="depth"/>, else 0.</summary>
    /// <inheritdoc cref="Ndcg" path="/param"/>
    public static double ReciprocalRank(
        IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth)
    {
        Check(ranking, grades, depth);
        for (int rank = 1; rank <= Math.Min(depth, ranking.Count); rank++)
        {
            if (grades.GetValueOrDefault(ranking[rank - 1]) > 0) return 1.0 / rank;
        }

        return 0;
    }

    /// <summary>The share of the relevant documents that stand among the first <paramref name="depth"/>.</summary>
    /// <inheritdoc cref="Ndcg" path="/param"/>
    public static double Recall(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth)
    {
        Check(ranking, grades, depth);
        int relevant = grades.Values.Count(grade => grade > 0);
        return relevant == 0 ? 0 : (double)ranking.Take(depth).Count(id => grades.GetValueOrDefault(id) > 0) / relevant;
    }

    /// <summary>The share of the first <paramref name="depth"/> places that hold a relevant document; a short ranking's empty places count.</summary>
    /// <inheritdoc cref="Ndcg" path="/param"/>
    public static double Precision(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth)
    {
        Check(ranking, grades, depth);
        return (double)ranking.Take(depth).Count(id => grades.GetValueOrDefault(id) > 0) / depth;
    }

    /// <summary>
    /// Average precision: the precisions at the ranks of the relevant documents among the first <paramref name="depth"/>,
    /// summed up, over the number of all relevant documents. 0 to 1.
    /// </summary>
    /// <inheritdoc cref="Ndcg" path="/param"/>
    public static double AveragePrecision(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth)
    {
        Check(ranking, grades, depth);
        int relevant = grades.Values.Count(grade => grade > 0), found = 0;
        double sum = 0;
        for (int rank = 1; rank <= Math.Min(depth, ranking.Count); rank++)
        {
            if (grades.GetValueOrDefault(ranking[rank - 1]) > 0) sum += (double)++found / rank;
        }

        return relevant == 0 ? 0 : sum / relevant;
    }

    private static double DiscountedGain(IEnumerable<int> grades, int depth)
    {
        double gain = 0;
        int rank = 0;
        foreach (int grade in grades.Take(depth)) gain += Math.Max(0, grade) / Math.Log2(++rank + 1);
        return gain;
    }

    private static void Check(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        ArgumentNullException.ThrowIfNull(grades);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
    }
}
