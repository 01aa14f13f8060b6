using SpladeLucene.Evaluation;

namespace SideBySide;

/// <summary>Which queries are shown.</summary>
internal static class Samples
{
    private const int Handful = 5;

    /// <summary>The queries that were typed. They have no judgements.</summary>
    public static IEnumerable<CollectionQuery> Ask(string[] texts) =>
        texts.Select(text => new CollectionQuery("", text, new Dictionary<string, string>()));

    /// <summary>The first judged queries of the collection, taken from its kinds of queries in turn.</summary>
    public static IEnumerable<CollectionQuery> Choose(TestCollection set)
    {
        var judged = set.Qrels.Queries.ToHashSet();
        return set.Queries.Where(query => judged.Contains(query.Id))
            .GroupBy(KindOf)
            .SelectMany(kind => kind.Select((query, place) => (query, place)))
            .OrderBy(entry => entry.place)
            .Select(entry => entry.query)
            .Take(Handful);
    }

    /// <summary>What the collection says of a query, such as <c>other-words</c>; empty where it says nothing.</summary>
    public static string KindOf(CollectionQuery query) => query.Metadata.GetValueOrDefault("kind", "");
}
