using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

public sealed class CatchUpStepsTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    [Theory]
    [InlineData(WeightEncoding.Payload, false)]
    [InlineData(WeightEncoding.Payload, true)]
    [InlineData(WeightEncoding.TermFrequency, false)]
    public async Task RunAsync_SourceChanged_EncodesOnlyWhatChanged(WeightEncoding encoding, bool offsets)
    {
        _sandbox.Options = new ReindexOptions { Format = new ImpactFormat { Encoding = encoding, Offsets = offsets } };
        _sandbox.AddSegments(["agile dog", "cat", ""], ["canine agility", "bird"]);
        await _sandbox.RunAsync();
        Change();

        ReindexPlan plan = await _sandbox.PlanAsync();
        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal((ReindexStart.CatchUp, 2), (plan.Start, plan.Texts[0].ToEncode));
        Assert.Equal(ReindexStart.CatchUp, result.Start);
        Assert.Equal(["fish", "new dog"], _sandbox.Encoder.Texts.Order());
        Assert.False(System.IO.Directory.Exists(_sandbox.Working));
        await AssertAsAnewAsync();
    }

    [Fact]
    public async Task RunAsync_SourceUnchanged_DoesNothing()
    {
        _sandbox.AddSegments(["dog"]);
        await _sandbox.RunAsync();
        string[] before = Files(_sandbox.Target);

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal((ReindexStart.UpToDate, 0), (result.Start, result.Encoded));
        Assert.Equal(before, Files(_sandbox.Target));
    }

    [Fact]
    public async Task RunAsync_ManyTimes_StaysComplete()
    {
        _sandbox.AddSegments(["dog"]);
        for (int i = 0; i < 4; i++)
        {
            await _sandbox.RunAsync();
            Assert.Equal(i == 0 ? ["dog"] : [$"word{i}"], _sandbox.Encoder.Texts);
            _sandbox.Write(writer => writer.AddDocument(Sandbox.Document($"{i + 1}", $"word{i + 1}")));
        }

        using DirectoryReader target = _sandbox.Open();
        Assert.Equal(4, target.MaxDoc);
    }

    [Fact]
    public async Task RunAsync_ReaderOpenOnTheTarget_SeesOldUntilItReopens()
    {
        _sandbox.AddSegments(["dog"]);
        await _sandbox.RunAsync();
        using DirectoryReader before = _sandbox.Open();
        _sandbox.Write(writer => writer.AddDocument(Sandbox.Document("1", "dog")));

        await _sandbox.RunAsync();

        Assert.Equal(1, Search(before, "dog").TotalHits);
        using DirectoryReader after = DirectoryReader.OpenIfChanged(before);
        Assert.Equal(2, Search(after, "dog").TotalHits);
    }

    [Fact]
    public async Task RunAsync_EndedBeforePublication_LeavesTheTargetAsItWasAndGoesOn()
    {
        _sandbox.AddSegments(["dog", "cat"]);
        await _sandbox.RunAsync();
        Change();
        string[] before = Files(_sandbox.Target);
        ReindexPlan plan = await _sandbox.PlanAsync();
        _sandbox.Encoder.BadText = "fish";
        await Assert.ThrowsAsync<ReindexDocumentException>(() => _sandbox.Reindexer.RunAsync(plan));
        Assert.Equal(before, Files(_sandbox.Target));
        _sandbox.Encoder.BadText = null;

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal(ReindexStart.CatchUp, result.Start);
        await AssertAsAnewAsync();
    }

    [Fact]
    public async Task RunAsync_TargetOpenInAWriter_Refuses()
    {
        _sandbox.AddSegments(["dog"]);
        await _sandbox.RunAsync();
        Change();
        ReindexPlan plan = await _sandbox.PlanAsync();
        using FSDirectory directory = FSDirectory.Open(_sandbox.Target);
        using var writer = new IndexWriter(directory, TestIndex.Config());

        var refusal = await Assert.ThrowsAsync<ReindexRefusedException>(() => _sandbox.Reindexer.RunAsync(plan));

        Assert.Equal([$"The index in the target '{_sandbox.Target}' is open in a writer, which has to be closed before it "
            + "can catch up."], refusal.Problems.Select(one => one.ToString()));
    }

    [Fact]
    public async Task PlanAsync_TargetChangedSince_Refuses()
    {
        _sandbox.AddSegments(["dog", "cat"]);
        await _sandbox.RunAsync();
        _sandbox.Write(writer => writer.DeleteDocuments(new Term("id", "0")), _sandbox.Target);

        ReindexPlan plan = await _sandbox.PlanAsync();

        Assert.Equal([$"The target '{_sandbox.Target}' was changed after it was migrated, and catching up would undo that."],
            plan.Problems.Select(one => one.ToString()));
    }

    public void Dispose() => _sandbox.Dispose();

    private void Change() => _sandbox.Write(writer =>
    {
        writer.UpdateDocument(new Term("id", "1"), Sandbox.Document("1", "fish"));
        writer.AddDocument(Sandbox.Document("9", "new dog"));
        writer.AddDocument(Sandbox.Document("10", "agile dog"));
    });

    // As if the source, as it is now, were migrated to another place.
    private async Task AssertAsAnewAsync()
    {
        string anew = _sandbox.In("anew");
        ReindexPlan plan = await _sandbox.Reindexer.PlanAsync(_sandbox.Source, anew, [Sandbox.Body]);
        await _sandbox.Reindexer.RunAsync(plan);
        using DirectoryReader expected = _sandbox.Open(anew), found = _sandbox.Open();
        Assert.Equal(expected.MaxDoc, found.MaxDoc);
        foreach (string query in new[] { "dog", "agile canine", "fish bird", "new" })
            TopDocsAssert.Equal(Search(expected, query).ScoreDocs, Search(found, query), 10, query);
        Assert.Equal(Ids(expected), Ids(found));
    }

    private static IEnumerable<string> Ids(DirectoryReader reader) =>
        Enumerable.Range(0, reader.MaxDoc).Select(doc => reader.Document(doc).Get("id"));

    private TopDocs Search(DirectoryReader reader, string query) => new IndexSearcher(reader).Search(
        SpladeQuery.Create(reader, Sandbox.Body.TargetField, query, _sandbox.Encoder), 10);

    private static string[] Files(string folder) =>
        [.. System.IO.Directory.GetFiles(folder).Select(file => $"{file} {new FileInfo(file).Length}").Order()];
}
