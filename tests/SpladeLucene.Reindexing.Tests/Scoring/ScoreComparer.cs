using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Compares scores to the bit, and rankings.</summary>
internal static class ScoreComparer
{
    public static readonly Similarity[] Similarities = [new BM25Similarity(), new DefaultSimilarity()];

    /// <summary>The first document, by its id, that a query scores otherwise; null where all agree.</summary>
    public static string? FirstDifference(IndexReader expected, IndexReader actual, IReadOnlyList<Query> queries) =>
        First(expected, actual, queries, (had, has, query) => OfScores(Scores(had, query), Scores(has, query)));

    /// <summary>The first query whose hits, by number and in order, differ in any way; null where all agree.</summary>
    public static string? FirstDifferenceInRanking(IndexReader expected, IndexReader actual, IReadOnlyList<Query> queries) =>
        First(expected, actual, queries, (had, has, query) => OfRankings(Ranking(had, query), Ranking(has, query)));

    private static string? First(
        IndexReader expected, IndexReader actual, IReadOnlyList<Query> queries,
        Func<IndexSearcher, IndexSearcher, Query, string?> compare)
    {
        foreach (Similarity similarity in Similarities)
        {
            var had = new IndexSearcher(expected) { Similarity = similarity };
            var has = new IndexSearcher(actual) { Similarity = similarity };
            foreach (Query query in queries)
            {
                if (compare(had, has, query) is { } difference) return $"{similarity.GetType().Name}, {query}: {difference}";
            }
        }

        return null;
    }

    private static string? OfScores(Dictionary<string, float> had, Dictionary<string, float> has)
    {
        foreach ((string id, float score) in had)
        {
            if (!has.Remove(id, out float other)) return $"{id} is no hit any more";
            if (BitConverter.SingleToInt32Bits(score) != BitConverter.SingleToInt32Bits(other))
                return $"{id} scored {score:R} and scores {other:R}";
        }

        return has.Count == 0 ? null : $"{has.First().Key} became a hit";
    }

    private static string? OfRankings(string had, string has) =>
        had == has ? null : $"the ranking was {had} and is {has}";

    // Documents without an id keep their order wherever the segments' order is kept.
    private static Dictionary<string, float> Scores(IndexSearcher searcher, Query query)
    {
        int nameless = 0;
        return AllScores.Of(searcher, query).ToDictionary(
            hit => searcher.Doc(hit.Key).Get(LegacyFields.Id) ?? $"hit {nameless++} without id", hit => hit.Value);
    }

    private static string Ranking(IndexSearcher searcher, Query query)
    {
        TopDocs hits = searcher.Search(query, 1000);
        return $"{hits.TotalHits} hits: {string.Join(' ', hits.ScoreDocs.Select(hit => $"{hit.Doc}:{hit.Score:R}"))}";
    }
}
