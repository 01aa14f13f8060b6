using Lucene.Net.Index;
using SpladeLucene.Impacts;
using SpladeLucene.Postings;
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
            foreach (AtomicReaderContext leaf in index.Reader.Leaves)
            {
                ulong[] expected = Search(plan, leaf, (impacts, in task) => WindowedAccumulation.Search<Portable>(impacts, task));
                int budget = random.Next(1, 200), visited = 0;
                bool isWhole = true;
                ulong[] found = Search(plan, leaf, (impacts, in task) =>
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

    private static ulong[] Search(SearchPlan plan, AtomicReaderContext leaf, Algorithm search)
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
            Accepted = AcceptedDocs.Of(leaf, null),
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
