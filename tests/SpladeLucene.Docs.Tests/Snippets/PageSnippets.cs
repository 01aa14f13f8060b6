using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene.Models;
using SpladeLucene.Onnx;
using SpladeLucene.Reindexing;

namespace SpladeLucene.Docs.Tests.Snippets;

/// <summary>The code of the other pages of docs/, over one small index.</summary>
public sealed class PageSnippets : IDisposable
{
    // Named as the pages name them.
    private readonly OnnxSparseEncoder encoder = SpladeTinyEn.Load();
    private readonly StandardAnalyzer analyzer = new(LuceneVersion.LUCENE_48);
    private readonly RAMDirectory directory = new();
    private readonly SpladeFieldDefinition splade;
    private readonly DirectoryReader reader;
    private readonly SpladeSearcher searcher;

    public PageSnippets()
    {
        splade = new SpladeFieldDefinition("splade", encoder) { Sources = ["body"] };
        using (var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, splade.CreateAnalyzer(analyzer))))
        {
            foreach (string topic in new[] { "dog", "puppy", "vet", "bank", "fox" })
            {
                foreach (string what in new[] { "is sick", "costs money", "runs fast" })
                    writer.AddDocument(splade.AddTo(new Document { new TextField("body", $"The {topic} {what}.", Field.Store.YES) }));
            }
        }

        reader = DirectoryReader.Open(directory);
        searcher = new SpladeSearcher(reader);
    }

    [Fact]
    public void Models_QueryCache_RemembersAQuery()
    {
        using var cached = new QueryCache(SpladeTinyEn.Load(), capacity: 1024);
        SparseVector first = cached.EncodeQuery("my dog is ill");
        SparseVector again = cached.EncodeQuery("my dog is ill");

        Assert.Equal((1, 1, first), (cached.Hits, cached.Misses, again));
    }

    [Fact]
    public void Hybrid_PagesAndRanks_FindEachHitOnce()
    {
        const string question = "is my puppy ill";
        var both = new HybridQuery(new QueryBuilder(analyzer).CreateBooleanQuery("body", question), splade.CreateQuery(reader, question));
        HybridTopDocs page = new HybridSearcher(searcher).Search(both, 10);
        HybridTopDocs next = new HybridSearcher(searcher).Search(both, 10, filter: null, after: page.ScoreDocs[^1]);

        Assert.Equal(page.TotalHits, page.ScoreDocs.Concat(next.ScoreDocs).Select(hit => hit.Doc).Distinct().Count());

        var byRanks = new HybridSearcher(searcher, new HybridOptions { RankConstant = 60, WordsAloneOnFailure = true });
        HybridTopDocs ranked = byRanks.Search(both, 10);

        Assert.Equal(page.TotalHits, ranked.TotalHits);
    }

    [Fact]
    public void Hybrid_Floors_LeaveFewerAndFewer()
    {
        const string question = "is my puppy ill";
        SpladeQuery asTheModelSays = splade.CreateQuery(reader, question);
        SpladeQuery everything = asTheModelSays.WithFloor(ScoreFloor.None);
        SpladeQuery strict = asTheModelSays.WithFloor(new ScoreFloor { ShareOfBest = 0.7f });
        int[] hits = [.. new[] { strict, asTheModelSays, everything }.Select(query => searcher.Search(query, 10).TotalHits)];

        Assert.Equal(hits.Order(), hits);
        Assert.True(hits[0] < hits[2]);
    }

    [Fact]
    public async Task Migrating_InCode_EncodesEachText()
    {
        using var folder = new TemporaryFolder();
        (string source, string target) = (folder.Source, folder.Target);
        using (FSDirectory disk = FSDirectory.Open(source))
        using (var writer = new IndexWriter(disk, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer)))
            writer.AddDocument(new Document { new TextField("title", "Dogs", Field.Store.YES), new TextField("body", "A dog.", Field.Store.YES) });

        var reindexer = new SpladeReindexer(encoder, new ReindexOptions { SkipMissingText = true });
        var mapping = new ReindexMapping(["title", "body"], "body_splade");
        ReindexPlan plan = await reindexer.PlanAsync(source, target, [mapping]);
        foreach (ReindexProblem problem in plan.Problems) Console.WriteLine(problem);
        if (plan.CanRun)
        {
            ReindexResult result = await reindexer.RunAsync(plan);
            Console.WriteLine($"{result.Documents} documents, {result.Encoded} texts encoded");
        }

        using FSDirectory made = FSDirectory.Open(target);
        using DirectoryReader read = DirectoryReader.Open(made);
        Assert.Equal(0, SpladeCoverage.Of(read, "body_splade").Without);
    }

    [Fact]
    public void Operating_ImpactsInMemory_AreAsManyAsWasSaid()
    {
        var impacts = new ImpactCache(new ImpactCacheOptions { BudgetInBytes = 200_000_000 });
        long expected = impacts.EstimateBytes(reader, "splade");
        impacts.Warm(reader, "splade");
        ImpactCacheStatistics held = impacts.Statistics;
        Console.WriteLine($"{held.Bytes} of {expected} bytes for {held.Postings} postings; {held.Refused} segments refused");

        Assert.InRange(held.Bytes, 1, expected);

        var options = new SpladeSearcherOptions { Impacts = impacts };
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { MergedSegmentWarmer = new ImpactWarmer(impacts, "splade") };
        using var writer = new IndexWriter(directory, config);
        using var manager = new SearcherManager(writer, applyAllDeletes: true, new SpladeSearcherFactory(options, "splade"));

        SpladeQuery query = splade.CreateQuery(reader, "ill puppy");
        SpladeTopDocs found = new SpladeSearcher(reader, options).SearchTop(query, 10);
        foreach (SegmentReport segment in found.Segments)
            Console.WriteLine($"{segment.Documents} documents by {segment.Algorithm}, fallback: {segment.Fallback}");

        Assert.All(found.Segments, segment => Assert.Equal(FallbackReason.None, segment.Fallback));
    }

    [Fact]
    public void Operating_ImpactsOnDisk_OfASmallIndexStayOnTheHeap()
    {
        using var folder = new TemporaryFolder();
        string impactFolder = folder.Root;

        var onDisk = new ImpactCache(new ImpactCacheOptions { Folder = impactFolder });
        onDisk.Warm(reader, "splade");
        ImpactCacheStatistics mapped = onDisk.Statistics;
        Console.WriteLine($"{mapped.MappedBytes} bytes mapped, {mapped.Bytes} on the heap, {mapped.Built} built");

        Assert.Equal((0L, 1L), (mapped.MappedBytes, mapped.Built));
    }

    [Fact]
    public void Scale_Approximation_OfASmallIndexMissesNothing()
    {
        CancellationToken cancellationToken = CancellationToken.None;
        SpladeQuery query = splade.CreateQuery(reader, "ill puppy");
        SpladeQuery[] queries = [query, splade.CreateQuery(reader, "fast fox")];

        var approximate = new SpladeSearchOptions { CountAllHits = false, Approximation = 0.3 };
        double recall = searcher.MeasureRecall(queries, 10, approximate, cancellationToken);
        SpladeTopDocs best = searcher.SearchTop(query, 10, options: approximate);
        Console.WriteLine($"{recall:P1} of the exact hits; {best.ScoreDocs.Length} hits, approximate: {best.IsApproximate}");

        Assert.Equal((1, false), (recall, best.IsApproximate));
    }

    [Fact]
    public void Questions_Coverage_AllDocumentsOfOneModel()
    {
        SpladeCoverage coverage = SpladeCoverage.Of(reader, "splade");
        foreach ((SpladeFingerprint made, int documents) in coverage.Vectors) Console.WriteLine($"{documents} by {made}");
        Console.WriteLine($"{coverage.Without} without a vector");

        Assert.Equal((1, 0), (coverage.Vectors.Count, coverage.Without));
    }

    [Fact]
    public void Questions_VectorFromElsewhere_IsAField()
    {
        var vector = SparseVector.Create([new SparseTerm("dog", 2.1f), new SparseTerm("puppy", 1.4f)]);
        var document = new Document { new SpladeField("splade", vector, encoder.Fingerprint) };

        using DirectoryReader one = TestIndex.Of([document]);
        Assert.Equal(1, new SpladeSearcher(one).Search(splade.CreateQuery(one, "puppy"), 1).TotalHits);
    }

    public void Dispose()
    {
        reader.Dispose();
        directory.Dispose();
        encoder.Dispose();
    }
}
