namespace SpladeLucene.Evaluation;

/// <summary>
/// The measures of one ranking, as trec_eval defines them: documents without a judgement are not relevant, grades at or
/// under 0 gain nothing, and a query is averaged over only if it has a relevant document.
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
