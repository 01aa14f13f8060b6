using SpladeLucene.Evaluation;

namespace SideBySide;

/// <summary>Which queries are shown.</summary>
internal static class Samples
{
    private const int Gains = 3, Losses = 2;

    /// <summary>The queries that were typed. They have no judgements.</summary>
    public static IReadOnlyList<CollectionQuery> Ask(string[] texts) =>
        [.. texts.Select(text => new CollectionQuery("", text, new Dictionary<string, string>()))];

    /// <summary>Where SPLADE gains most on BM25, the greatest gain first; fewer where it gains on fewer.</summary>
    public static IReadOnlyList<CollectionQuery> Won(IReadOnlyList<Judged> rows) =>
        [.. rows.Where(row => row.Gain > 0).OrderByDescending(row => row.Gain).Take(Gains).Select(row => row.Query)];

    /// <summary>Where it loses most.</summary>
    public static IReadOnlyList<CollectionQuery> Lost(IReadOnlyList<Judged> rows) =>
        [.. rows.Where(row => row.Gain < 0).OrderBy(row => row.Gain).Take(Losses).Select(row => row.Query)];

    /// <summary>What the collection says of a query, such as <c>other-words</c>; empty where it says nothing.</summary>
    public static string KindOf(CollectionQuery query) => query.Metadata.GetValueOrDefault("kind", "");
}
