using Lucene.Net.Search;

namespace SpladeLucene.Filters;

/// <summary>Queries put together as conditions are.</summary>
internal static class FilterQueries
{
    // Lucene's limit is 1,024 by default, and anybody may have set it lower.
    private const int MostClauses = 256;

    public static Query All(Query left, Query right) => new BooleanQuery { { left, Occur.MUST }, { right, Occur.MUST } };

    public static Query Not(Query query) => new BooleanQuery { { new MatchAllDocsQuery(), Occur.MUST }, { query, Occur.MUST_NOT } };

    /// <summary>Documents of any of some queries; none where there are none.</summary>
    public static Query Any(IReadOnlyList<Query> queries)
    {
        if (queries.Count > MostClauses) return Any([.. queries.Chunk(MostClauses).Select(Any)]);
        var any = new BooleanQuery();
        foreach (Query query in queries) any.Add(query, Occur.SHOULD);
        return any;
    }
}
