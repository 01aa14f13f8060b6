using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

public sealed class ReindexRunTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    [Fact]
    public async Task RunAsync_TwoSegments_TargetHasDocumentsAndVectors()
    {
        _sandbox.AddSegments(["agile dog", "cat"], ["canine", ""]);

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal(ReindexStart.New, result.Start);
        Assert.Equal(4, result.Documents);
        Assert.Equal(2, result.Segments);
        Assert.Equal(["agile dog", "cat", "canine", ""], _sandbox.Encoder.Texts);
        using DirectoryReader target = _sandbox.Open();
        Assert.Equal(["0", "1", "2", "3"], Enumerable.Range(0, 4).Select(doc => target.Document(doc).Get("id")));
        Assert.Equal(["0", "2"], Hits(target, "dog"));
        Assert.False(System.IO.Directory.Exists(_sandbox.Working));
    }

    [Fact]
    public async Task RunAsync_DeletedDocuments_StayBehind()
    {
        _sandbox.AddSegments(["dog", "cat", "canine"], ["dog dog"]);
        _sandbox.Write(writer => writer.DeleteDocuments(new Term("id", "0")));

        await _sandbox.RunAsync();

        Assert.DoesNotContain("dog", _sandbox.Encoder.Texts);
        using DirectoryReader target = _sandbox.Open();
        Assert.Equal(3, target.MaxDoc);
        Assert.Equal(["2", "3"], Hits(target, "dog").Order());
    }

    [Fact]
    public async Task RunAsync_EqualTexts_AreEncodedOnce()
    {
        _sandbox.AddSegments(["dog", "dog", "cat"], ["dog"]);

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal(["dog", "cat"], _sandbox.Encoder.Texts);
        Assert.Equal((2, 2), (result.Encoded, result.Reused));
        using DirectoryReader target = _sandbox.Open();
        Assert.Equal(["0", "1", "3"], Hits(target, "dog").Order());
    }

    [Fact]
    public async Task PlanAsync_Progress_CountsTheLiveDocuments()
    {
        _sandbox.AddSegments(["dog", "cat"], ["canine", "fox"]);
        _sandbox.Write(writer => writer.DeleteDocuments(new Term("id", "1")));
        var told = new List<SpladeProgress>();

        await _sandbox.Reindexer.PlanAsync(_sandbox.Source, _sandbox.Target, [Sandbox.Body], new Collector<SpladeProgress>(told));

        Assert.Equal((3, 3), (told[^1].Done, told[^1].Total));
        Assert.All(told, progress => Assert.InRange(progress.Done, 1, 3));
    }

    [Fact]
    public async Task RunAsync_EmptySource_MakesAnEmptyTarget()
    {
        _sandbox.Write(writer => writer.Commit());

        ReindexPlan plan = await _sandbox.Reindexer.PlanAsync(
            _sandbox.Source, _sandbox.Target, [new ReindexMapping([], "body_splade")]);

        Assert.Equal(["No field is named whose text becomes 'body_splade', and nothing supplies texts."], plan.Problems.Select(one => one.ToString()));
        _sandbox.Options = new ReindexOptions { TextOf = _ => null };
        plan = await _sandbox.Reindexer.PlanAsync(
            _sandbox.Source, _sandbox.Target, [new ReindexMapping([], "body_splade")]);
        await _sandbox.Reindexer.RunAsync(plan);
        using DirectoryReader target = _sandbox.Open();
        Assert.Equal(0, target.MaxDoc);
    }

    [Fact]
    public async Task RunAsync_CommitUserData_KeepsTheSourcesAndDescribesTheField()
    {
        _sandbox.AddSegments(["dog"]);
        _sandbox.Write(writer => writer.SetCommitData(new Dictionary<string, string> { ["owner"] = "somebody" }));

        await _sandbox.RunAsync();

        using DirectoryReader target = _sandbox.Open();
        IDictionary<string, string> data = target.IndexCommit.UserData;
        Assert.Equal("somebody", data["owner"]);
        var fingerprint = new SpladeFingerprint(
            _sandbox.Encoder.Fingerprint, ImpactQuantizer.DefaultRange, WeightEncoding.Payload);
        Assert.Equal($"{fingerprint} of body", data["splade.field.body_splade"]);
    }

    [Fact]
    public async Task RunAsync_SeveralFields_AreJoinedIntoOneText()
    {
        _sandbox.Write(writer => writer.AddDocument(TestIndex.Document(
            new Lucene.Net.Documents.TextField("body", "one", Lucene.Net.Documents.Field.Store.YES),
            new Lucene.Net.Documents.TextField("title", "first", Lucene.Net.Documents.Field.Store.YES),
            new Lucene.Net.Documents.TextField("body", "two", Lucene.Net.Documents.Field.Store.YES))));
        ReindexPlan plan = await _sandbox.PlanAsync(
            new ReindexMapping(["title", "body"], "both"), new ReindexMapping("title", "title_splade"));
        _sandbox.Encoder.Forget();

        await _sandbox.Reindexer.RunAsync(plan);

        Assert.Equal(["first\none\ntwo", "first"], _sandbox.Encoder.Texts);
    }

    [Theory]
    [InlineData(WeightEncoding.Payload, false)]
    [InlineData(WeightEncoding.Payload, true)]
    [InlineData(WeightEncoding.TermFrequency, false)]
    public async Task RunAsync_EveryEncoding_ScoresAsIndexedDirectly(WeightEncoding encoding, bool offsets)
    {
        _sandbox.Options = new ReindexOptions { Format = new ImpactFormat { Encoding = encoding, Offsets = offsets } };
        _sandbox.AddSegments(["agile dog", "the dog"], ["agility of a canine"]);

        await _sandbox.RunAsync();

        using DirectoryReader target = _sandbox.Open();
        Assert.Equal(offsets, target.Leaves[0].AtomicReader.GetTerms("body_splade").HasOffsets);
        using DirectoryReader direct = Direct(["agile dog", "the dog", "agility of a canine"]);
        TopDocsAssert.Equal(Search(direct, "agile canine").ScoreDocs, Search(target, "agile canine"), 10, "migrated");
    }

    public void Dispose() => _sandbox.Dispose();

    private DirectoryReader Direct(string[] texts)
    {
        using FSDirectory directory = FSDirectory.Open(_sandbox.In("direct"));
        using (var writer = new IndexWriter(directory, TestIndex.Config()))
        {
            var options = new SpladeIndexerOptions { Format = _sandbox.Options.Format };
            new SpladeIndexer(writer, _sandbox.Encoder, "body_splade", options)
                .AddAsync(texts.Select(text => new SpladeDocument(Sandbox.Document("", null), text))).Wait();
        }

        return DirectoryReader.Open(directory);
    }

    private static IEnumerable<string> Hits(DirectoryReader reader, string query) =>
        Search(reader, query).ScoreDocs.Select(hit => reader.Document(hit.Doc).Get("id"));

    private static TopDocs Search(DirectoryReader reader, string query)
    {
        using var encoder = new WordEncoder();
        var searcher = new IndexSearcher(reader);
        return searcher.Search(SpladeQuery.Create(reader, "body_splade", query, encoder), 10);
    }
}
