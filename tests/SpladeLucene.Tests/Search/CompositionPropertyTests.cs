using System.Globalization;
using CsCheck;
using Lucene.Net.Index;
using Lucene.Net.Queries;
using Lucene.Net.Search;
using SpladeLucene.Search;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>
/// Any nesting of Lucene's queries around SPLADE ones, with boosts, floors, filters, sorts and deletions: over impacts in
/// memory it finds what it finds over postings, to the last bit of each score. A failure shrinks to the least of them.
/// </summary>
public sealed class CompositionPropertyTests
{
    private static readonly ImpactCache Cache =
        new(new ImpactCacheOptions { BudgetInBytes = 1 << 30, LeastDocumentsForBlocks = 64 });

    private static readonly Gen<float> Share = Gen.OneOf(Gen.Const(0f), Gen.Float[0, 1]);

    private static readonly Gen<Query> Splade =
        from terms in Gen.Select(Gen.Int[0, 50], Gen.Float[0.05f, 6]).Array[1, 15]
        from floor in Gen.Select(Share, Share)
        from boost in OneOf(1f, 1f, 0.37f, 3f)
        from remembered in OneOf(0, 5, 1 << 17)
        select (Query)new SpladeQuery(GeneratedIndex.Field, SparseVector.FromWeights(terms.DistinctBy(term => term.Item1)
            .Select(term => KeyValuePair.Create(GeneratedIndex.Term(term.Item1), term.Item2))))
        {
            Floor = new ScoreFloor { ShareOfBest = floor.Item1, ShareOfTenth = floor.Item2 }, Boost = boost, Best = new BestHits(remembered),
        };

    private static readonly Gen<Query> Group = Gen.Int[0, 3].Select(number =>
        (Query)new TermQuery(new Term("group", number.ToString(CultureInfo.InvariantCulture))));

    private static readonly Gen<Query> Leaf = Gen.OneOf(Splade, Splade, Group);

    private static readonly FilteredQuery.FilterStrategy[] Strategies =
    [
        FilteredQuery.RANDOM_ACCESS_FILTER_STRATEGY, FilteredQuery.LEAP_FROG_FILTER_FIRST_STRATEGY,
        FilteredQuery.LEAP_FROG_QUERY_FIRST_STRATEGY, FilteredQuery.QUERY_FIRST_FILTER_STRATEGY,
    ];

    [Theory]
    [InlineData(WeightEncoding.Payload)]
    [InlineData(WeightEncoding.TermFrequency)]
    // A filter that leaps over remembered hits, one of them deleted.
    [InlineData(WeightEncoding.Payload, "b8azhGhlLXw1")]
    public void Search_AnyComposition_EqualsThatOverPostings(WeightEncoding encoding, string? known = null) =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 250], Nested(2), Nested(1)).Sample((seed, documents, query, filter) =>
        {
            using var index = new GeneratedIndex(seed, documents, 40, encoding);
            // What a query remembers of one reader the other is not to know.
            using DirectoryReader again = DirectoryReader.Open(index.Reader.Directory);
            var plain = new IndexSearcher(again);
            var ours = new SpladeSearcher(index.Reader, new SpladeSearcherOptions { Impacts = Cache });
            var filtered = new SpladeFilter(filter, ours.Options);
            var byGroup = new Sort(new SortField("group", SortFieldType.STRING));
            foreach (int n in new[] { 3, documents + 1 })
            {
                Compare(plain.Search(query, n), ours.Search(query, n));
                Compare(plain.Search(query, filtered, n), ours.Search(query, filtered, n));
                Compare(plain.Search(query, filtered, n, byGroup, true, true), ours.Search(query, filtered, n, byGroup, true, true));
            }
        }, seed: known, iter: known is null ? 60 : 1);

    private static Gen<Query> Nested(int depth)
    {
        if (depth == 0) return Leaf;
        Gen<Query> inner = Nested(depth - 1);
        Gen<Query> boolean =
            from clauses in Gen.Select(inner, OneOf(Occur.SHOULD, Occur.SHOULD, Occur.MUST, Occur.MUST_NOT)).Array[1, 4]
            from least in Gen.Int[0, 2]
            from coord in Gen.Bool
            select (Query)Boolean(clauses, least, coord);
        Gen<Query> filtered =
            from pair in Gen.Select(inner, Group)
            from strategy in OneOf(Strategies)
            select (Query)new FilteredQuery(pair.Item1, new QueryWrapperFilter(pair.Item2), strategy);
        return Gen.OneOf(Leaf, boolean, boolean, filtered, inner.Select(query => (Query)new ConstantScoreQuery(query) { Boost = 3 }),
            inner.Array[1, 3].Select(queries => (Query)new DisjunctionMaxQuery([.. queries], 0.3f)),
            inner.Select(query => (Query)new CustomScoreQuery(query) { Boost = 0.7f }));
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static BooleanQuery Boolean((Query Query, Occur Occur)[] clauses, int least, bool coord)
    {
        var query = new BooleanQuery(!coord) { MinimumNumberShouldMatch = least };
        foreach ((Query clause, Occur occur) in clauses) query.Add(clause, occur);
        return query;
    }

    private static void Compare(TopDocs expected, TopDocs found)
    {
        Assert.Equal(expected.TotalHits, found.TotalHits);
        Assert.Equal(expected.ScoreDocs.Select(Told), found.ScoreDocs.Select(Told));
    }

    private static (int, int) Told(ScoreDoc hit) => (hit.Doc, BitConverter.SingleToInt32Bits(hit.Score));
}
