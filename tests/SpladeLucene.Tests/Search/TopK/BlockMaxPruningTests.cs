using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Impacts;
using SpladeLucene.Postings;
using SpladeLucene.Search.Bounds;
using SpladeLucene.Search.Simd;
using SpladeLucene.Search.TopK;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests.Search.TopK;

/// <summary>What a search by blocks finds that may visit only so many.</summary>
public sealed class BlockMaxPruningTests
{
    [Fact]
    public void TrySearch_AnyBudget_FindsTheBestOrGivesUpInTime()
    {
        int ended = 0, gaveUp = 0, light = 0;
        var cache = new ImpactCache(new ImpactCacheOptions { LeastDocumentsForBlocks = 0 });
        foreach (var (index, random, seed) in GeneratedIndex.Each(
            Enumerable.Range(7300, 20), 200..4000, 20..400, WeightEncoding.Payload))
        {
            SearchPlan plan = Plan(index.RandomVector(30), random.Next(1, 40), cache);
            double passing = random.Next(3) switch { 0 => 0.02, 1 => 0.3, _ => 1 };
            var passes = new BitFilter(doc => new Random(seed + doc).NextDouble() < passing);
            foreach (AtomicReaderContext leaf in index.Reader.Leaves)
            {
                ulong[] expected = Search(plan, leaf, passes, (impacts, in task) => WindowedAccumulation.Search<Portable>(impacts, task));
                int budget = random.Next(1, 200), visited = 0;
                bool isWhole = true;
                ulong[] found = Search(plan, leaf, passes, (impacts, in task) =>
                {
                    ReadOnlySpan<SegmentTerm> visiting = task.ByWeight();
                    SegmentTask pruned = task with { Visiting = visiting, Light = LightTerms.Exact(visiting) };
                    light += pruned.Terms.Length - pruned.BoundingTerms().Length;
                    isWhole = BlockMaxPruning<Portable>.TrySearch(impacts, pruned, budget, out visited);
                });

                Assert.InRange(visited, 0, budget);
                if (isWhole) Assert.Equal(expected, found);
                (ended, gaveUp) = isWhole ? (ended + 1, gaveUp) : (ended, gaveUp + 1);
            }
        }

        Assert.True(ended > 0 && gaveUp > 0 && light > 0, $"{ended} ended, {gaveUp} gave up, {light} light terms");
    }

    [Fact]
    public void SearchTop_MoreTermsThanBoundsHaveRoomFor_IsByWindows()
    {
        string[] terms = [.. Enumerable.Range(0, BoundUnit.MostTerms + 1).Select(i => $"t{i}")];
        using var index = new VectorIndex([[.. terms.Select(term => VectorIndex.Impacts((term, 7)))]]);
        var searcher = new SpladeSearcher(
            index.Reader, new SpladeSearcherOptions { Impacts = new ImpactCache(new ImpactCacheOptions { LeastDocumentsForBlocks = 0 }) });
        SearchAlgorithm Of(int count) => searcher.SearchTop(
            new SpladeQuery(VectorIndex.Field, VectorIndex.Impacts([.. terms.Take(count).Select(term => (term, 9))])), 3,
            options: new SpladeSearchOptions { CountAllHits = false, Algorithm = SearchAlgorithm.BlockMax }).Segments[0].Algorithm;

        Assert.Equal(SearchAlgorithm.BlockMax, Of(BoundUnit.MostTerms));
        Assert.Equal(SearchAlgorithm.Windows, Of(BoundUnit.MostTerms + 1));
    }

    [Theory]
    [InlineData(new[] { 100, 50, 1, 1 }, 50)]
    [InlineData(new[] { 100, 50, 2, 1, 1 }, 2)]
    [InlineData(new[] { 100, 100 }, 100)]
    [InlineData(new[] { 7 }, 7)]
    public void Exact_OfTermsByFallingWeight_LeavesOutAFiftiethOfTheirWeight(int[] weights, int under)
    {
        LightTerms light = LightTerms.Exact([.. weights.Select((weight, term) => new SegmentTerm(term, weight))]);

        Assert.Equal(under, light.Under);
        Assert.False(light.MayMiss);
    }

    private delegate void Algorithm(SegmentImpacts impacts, in SegmentTask task);

    // Where a filter leaves most blocks empty, fewer can be visited than were gathered, and what can be afforded isn't spent.
    [Fact]
    public void TrySearch_FewDocumentsPassAndTooManyBlocksAreHopeful_GivesUp()
    {
        int gaveUp = 0;
        var cache = new ImpactCache(new ImpactCacheOptions { LeastDocumentsForBlocks = 0 });
        using var index = new GeneratedIndex(7400, 4000, 20, WeightEncoding.Payload);
        SearchPlan plan = Plan(index.RandomVector(20), 20, cache);
        foreach (AtomicReaderContext leaf in index.Reader.Leaves)
        {
            for (int budget = 1; budget < 300; budget++)
            {
                Search(plan, leaf, new BitFilter(doc => doc % 97 == 0), (impacts, in task) =>
                {
                    SegmentTask pruned = task with { Visiting = task.ByWeight() };
                    if (!BlockMaxPruning<Portable>.TrySearch(impacts, pruned, budget, out int visited)) gaveUp++;
                    Assert.InRange(visited, 0, budget);
                });
            }
        }

        Assert.True(gaveUp > 0);
    }

    private static ulong[] Search(SearchPlan plan, AtomicReaderContext leaf, Filter passes, Algorithm search)
    {
        using SearchScratch scratch = SearchScratch.Rent();
        scratch.Start(plan, shared: null);
        using ImpactLease lease = plan.Cache.Lease(leaf.AtomicReader, plan.Field, out _);
        if (lease.Impacts is not { Blocks: not null } impacts) return [];
        SegmentSearch.Resolve(plan.Terms, impacts, scratch.Terms);
        if (scratch.Terms.Count == 0) return [];
        search(impacts, new SegmentTask
        {
            Scratch = scratch,
            Documents = leaf.AtomicReader.MaxDoc,
            Accepted = AcceptedDocs.Of(leaf, passes),
            DocBase = leaf.DocBase,
            LeastHit = plan.LeastHit,
            CountAll = false,
            Gathering = null,
        });
        return [.. scratch.Top.Finish()];
    }

    private static SearchPlan Plan(SparseVector vector, int wanted, ImpactCache cache)
    {
        var query = new SpladeQuery(GeneratedIndex.Field, vector);
        return new SearchPlan
        {
            Field = query.Field,
            Terms = QueryTerm.Of(query.Quantized.Terms),
            AllTerms = null,
            Rescored = 0,
            Scale = new ScoreScale(query.Quantized.Unit),
            Wanted = wanted,
            Ceiling = ulong.MaxValue,
            LeastHit = 1,
            CountAll = false,
            Algorithm = SearchAlgorithm.BlockMax,
            Vectors = VectorWidth.Portable,
            Cache = cache,
        };
    }
}
