namespace SpladeLucene.Quality;

/// <summary>What one way of searching found for all queries of a slice, in their order.</summary>
/// <param name="Name">The way of searching.</param>
/// <param name="Rankings">One for each query.</param>
/// <param name="Measures">One for each query.</param>
/// <param name="DocumentTerms">Mean terms a document, or null where there is no such thing.</param>
/// <param name="QueryTerms">Mean terms a query, or null.</param>
internal sealed record Run(
    string Name,
    IReadOnlyList<IReadOnlyList<RankedHit<string>>> Rankings,
    IReadOnlyList<Measures> Measures,
    double? DocumentTerms,
    double? QueryTerms)
{
    public double[] Ndcg => [.. Measures.Select(one => one.Ndcg)];

    public double MeanNdcg => Measures.Average(one => one.Ndcg);
}
