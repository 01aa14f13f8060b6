using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>A SPLADE field in an index that changes while it is searched.</summary>
public sealed class LiveIndexTests : IDisposable
{
    private static readonly WordEncoder Encoder = new();

    private readonly RAMDirectory _directory = new();
    private readonly IndexWriter _writer;

    public LiveIndexTests() => _writer = new IndexWriter(_directory, TestIndex.Config());

    [Fact]
    public void Search_NearRealTimeReader_SeesWhatWasAddedAndDeleted()
    {
        Add("1", "canine");
        using DirectoryReader before = DirectoryReader.Open(_writer, applyAllDeletes: true);
        Add("2", "dog");
        _writer.DeleteDocuments(new Term("id", "1"));
        using DirectoryReader after = DirectoryReader.OpenIfChanged(before, _writer, applyAllDeletes: true);

        Assert.Equal(["1"], Ids(before, "dog"));
        Assert.Equal(["2"], Ids(after, "dog"));
        Assert.Null(DirectoryReader.OpenIfChanged(after, _writer, applyAllDeletes: true));
    }

    [Fact]
    public void Search_ThroughSearcherManager_SeesEachRefresh()
    {
        Add("1", "canine");
        using var manager = new SearcherManager(_writer, applyAllDeletes: true, new SearcherFactory());

        Assert.Equal(["1"], Ids(manager, "dog"));
        _writer.UpdateDocument(new Term("id", "1"), MakeDocument("1", "fox"));
        Add("2", "dog");
        Assert.Equal(["1"], Ids(manager, "dog"));
        manager.MaybeRefreshBlocking();
        Assert.Equal(["2"], Ids(manager, "dog"));
    }

    [Fact]
    public void Search_AfterRollback_SeesTheLastCommit()
    {
        Add("1", "dog");
        _writer.SetCommitData(new Dictionary<string, string> { ["application"] = "kept" });
        _writer.Commit();
        Add("2", "dog");
        _writer.Rollback();
        using DirectoryReader reader = DirectoryReader.Open(_directory);

        Assert.Equal(["1"], Ids(reader, "dog"));
        Assert.Equal("kept", reader.IndexCommit.UserData["application"]);
    }

    [Fact]
    public void Search_PageAfterPage_GivesTheWholeRanking()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            using var index = new GeneratedIndex(seed, 100, 10, WeightEncoding.Payload);
            var searcher = new IndexSearcher(index.Reader);
            var query = new SpladeQuery(GeneratedIndex.Field, index.RandomVector(5));
            ScoreDoc[] whole = searcher.Search(query, 1000).ScoreDocs;

            Assert.Equal(whole.Select(hit => (hit.Doc, hit.Score)), Pages(searcher, query, 7));
        }
    }

    [Fact]
    public void AddDocument_ManyThreadsThroughOneAnalyzer_IndexesEveryDocument()
    {
        using var directory = new RAMDirectory();
        using var analyzer = new SpladeAnalyzer(LuceneVersion.LUCENE_48, Encoder);
        using (var writer = new IndexWriter(directory, TestIndex.Config(analyzer)))
        {
            Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number => writer.AddDocument(
                TestIndex.Document(new TextField("splade", $"word{number} dog", Field.Store.NO))));
        }

        using DirectoryReader reader = DirectoryReader.Open(directory);
        var searcher = new IndexSearcher(reader);
        Assert.Equal(200, searcher.Search(SpladeQuery.Create(reader, "splade", "dog", Encoder), 1).TotalHits);
        for (int number = 0; number < 200; number++)
        {
            SpladeQuery query = SpladeQuery.Create(reader, "splade", $"word{number}", Encoder);
            Assert.Equal(1, searcher.Search(query, 1).TotalHits);
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _directory.Dispose();
    }

    private static IEnumerable<(int Doc, float Score)> Pages(IndexSearcher searcher, Query query, int size)
    {
        ScoreDoc? last = null;
        while (true)
        {
            ScoreDoc[] page = searcher.SearchAfter(last, query, size).ScoreDocs;
            if (page.Length == 0) yield break;
            foreach (ScoreDoc hit in page) yield return (hit.Doc, hit.Score);
            last = page[^1];
        }
    }

    private static string[] Ids(SearcherManager manager, string text)
    {
        IndexSearcher searcher = manager.Acquire();
        try
        {
            return Ids(searcher.IndexReader, text);
        }
        finally
        {
            manager.Release(searcher);
        }
    }

    private static string[] Ids(IndexReader reader, string text)
    {
        var searcher = new IndexSearcher(reader);
        TopDocs found = searcher.Search(SpladeQuery.Create(reader, "splade", text, Encoder), 10);
        return [.. found.ScoreDocs.Select(hit => searcher.Doc(hit.Doc).Get("id"))];
    }

    private void Add(string id, string text) => _writer.AddDocument(MakeDocument(id, text));

    private static Document MakeDocument(string id, string text) => TestIndex.Document(
        new StringField("id", id, Field.Store.YES),
        new SpladeField("splade", Encoder.Encode(text), Encoder.Fingerprint));
}
