using SpladeLucene.Evaluation;

namespace SpladeLucene.Quality;

/// <summary>What one way of searching found for all queries of a slice, in their order.</summary>
/// <param name="Name">The way of searching.</param>
/// <param name="Measures">One for each query.</param>
/// <param name="DocumentTerms">Mean terms a document, or null where there is no such thing.</param>
/// <param name="QueryTerms">Mean terms a query, or null.</param>
internal sealed record Run(
    string Name,
    IReadOnlyList<Measures> Measures,
    double? DocumentTerms,
    double? QueryTerms)
{
    public double[] Ndcg => [.. Measures.Select(one => one.Ndcg)];

    public double MeanNdcg => Measures.Average(one => one.Ndcg);

    /// <summary>The one of the BM25 alone that ranks best on these very queries.</summary>
    public static Run BetterBm25(IReadOnlyList<Run> runs) =>
        runs.Where(run => run.Name.StartsWith("BM25,", StringComparison.Ordinal)).MaxBy(run => run.MeanNdcg)!;

    /// <summary>Ranks documents for every query.</summary>
    /// <param name="slice">The queries.</param>
    /// <param name="name">The way of searching.</param>
    /// <param name="documentTerms">Mean terms a document, if there is such a thing.</param>
    /// <param name="search">Gives a query's ranking, and how many terms it had.</param>
    public static Run Of(
        Slice slice, string name, double? documentTerms, Func<CollectionQuery, Ranking> search)
    {
        Ranking[] found = [.. slice.Queries.Select(search)];
        Measures[] measures = [.. found.Select((ranking, i) => SpladeLucene.Evaluation.Measures.Of(
            [.. ranking.Hits.Select(hit => hit.Document)], slice.Qrels.Of(slice.Queries[i].Id)))];
        double? queryTerms = found.Average(ranking => ranking.Terms);
        return new Run(name, measures, documentTerms, queryTerms);
    }
}
