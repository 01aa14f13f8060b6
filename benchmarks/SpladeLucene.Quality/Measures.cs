using SpladeLucene.Evaluation;

namespace SpladeLucene.Quality;

/// <summary>What one ranking is worth: nDCG@10, MRR@10 and R@100, each 0 to 1.</summary>
internal readonly record struct Measures(double Ndcg, double ReciprocalRank, double Recall)
{
    public static Measures Of(IReadOnlyList<RankedHit<string>> ranking, IReadOnlyDictionary<string, int> grades)
    {
        string[] ids = [.. ranking.Take(100).Select(hit => hit.Document)];
        return new Measures(RetrievalMetrics.Ndcg(ids, grades, 10),
            RetrievalMetrics.ReciprocalRank(ids, grades, 10), RetrievalMetrics.Recall(ids, grades, 100));
    }
}
