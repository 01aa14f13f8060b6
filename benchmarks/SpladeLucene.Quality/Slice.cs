using SpladeLucene.Evaluation;

namespace SpladeLucene.Quality;

/// <summary>Judged queries of a collection that are averaged over together.</summary>
internal sealed record Slice(string Name, Qrels Qrels, IReadOnlyList<CollectionQuery> Queries)
{
    /// <summary>The judged queries that have these values in their metadata.</summary>
    public static Slice Of(string name, TestCollection set, params (string Key, string Value)[] wanted)
    {
        HashSet<string> judged = [.. set.Qrels.Queries];
        return new Slice(name, set.Qrels, [.. set.Queries.Where(query => judged.Contains(query.Id)
            && wanted.All(pair => query.Metadata.GetValueOrDefault(pair.Key) == pair.Value))]);
    }

    /// <summary>Ranks documents for every query.</summary>
    /// <param name="name">The way of searching.</param>
    /// <param name="documentTerms">Mean terms a document, if there is such a thing.</param>
    /// <param name="search">Gives a query's ranking, and how many terms it had.</param>
    public Run Search(string name, double? documentTerms, Func<CollectionQuery, int, Ranking> search)
    {
        Ranking[] found = [.. Queries.Select(search)];
        Measures[] measures = [.. found.Select((ranking, i) => Measures.Of(ranking.Hits, Qrels.Of(Queries[i].Id)))];
        double? queryTerms = found.Average(ranking => ranking.Terms);
        return new Run(name, [.. found.Select(ranking => ranking.Hits)], measures, documentTerms, queryTerms);
    }
}
