using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>What makes every segment be written anew.</summary>
public sealed partial class CarryTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{\"version\":1,\"segments\":[]}")]
    [InlineData(null)]
    public async Task RunAsync_OriginsAreGoneOrOthers_WritesAllAnew(string? content)
    {
        await _sandbox.RunAsync();
        string file = Assert.Single(System.IO.Directory.GetFiles(_sandbox.Target, "splade-origins-*.json"));
        if (content is null) File.Delete(file);
        else File.WriteAllText(file, content);
        Update(3);

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal((0, 1), (result.CarriedSegments, result.Encoded));
        await AssertAsAnewAsync();
        Assert.Single(System.IO.Directory.GetFiles(_sandbox.Target, "splade-origins-*.json"));
    }

    // Few texts are encoded, and still everything is read and written beside what is there.
    [Fact]
    public async Task PlanAsync_FewTextsChangedAndAllIsWrittenAnew_SaysWhatTheWholeIndexNeeds()
    {
        await _sandbox.RunAsync();
        long before = SizeOf(_sandbox.Target), most = 0;
        _sandbox.Options = new ReindexOptions { MaxDeletedShare = 0 };
        Update(3, 40, 77, 100);

        ReindexPlan plan = await _sandbox.PlanAsync();
        await _sandbox.Reindexer.RunAsync(plan, new WhenTold(() => most = Math.Max(most, SizeOf(_sandbox.Target) + SizeOf(_sandbox.Working) - before)));

        Assert.Equal((ReindexStart.CatchUp, 4), (plan.Start, plan.Texts[0].ToEncode));
        Assert.DoesNotContain(plan.Segments, segment => segment.IsCarried);
        Assert.NotNull(plan.EstimatedTime);
        Assert.InRange(plan.EstimatedTargetBytes!.Value, before / 2, before * 2);
        Assert.InRange(most, before / 2, plan.EstimatedWorkingBytes!.Value);
    }

    [Fact]
    public async Task RunAsync_SourceWrittenAnew_CarriesNothingThoughNamesAreTheSame()
    {
        await _sandbox.RunAsync();
        System.IO.Directory.Delete(_sandbox.Source, recursive: true);
        _sandbox.AddSegments([.. Enumerable.Range(0, 4).Select(segment =>
            Enumerable.Range(0, InASegment).Select(i => $"cat number w{segment} v{i}").ToArray())]);

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal((0, 4 * InASegment), (result.CarriedSegments, result.Encoded));
        await AssertAsAnewAsync();
    }

    [Fact]
    public async Task RunAsync_SourceBuiltAnewWithAnotherKindOfColumn_CatchesUp()
    {
        Fill(new NumericDocValuesField("price", 1));
        await _sandbox.RunAsync();
        Fill(new SortedDocValuesField("price", new BytesRef("1")));

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal((0, 0, 1), (result.CarriedSegments, result.Encoded, result.Reused));
        await AssertAsAnewAsync();
    }

    // The column's old kind goes with its last segment, while the one behind that stays.
    [Fact]
    public async Task RunAsync_ColumnOfAnotherKindSinceItsSegmentWent_CatchesUp()
    {
        Fill(new NumericDocValuesField("price", 1));
        _sandbox.Write(writer =>
        {
            for (int id = 2; id < InASegment; id++) writer.AddDocument(Sandbox.Document($"{id}", $"dog v{id}"));
        });
        await _sandbox.RunAsync();
        _sandbox.Write(writer => writer.DeleteDocuments(new Term("id", "1")));
        Add("cat", new SortedDocValuesField("price", new BytesRef("1")));

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal(1, result.CarriedSegments);
        await AssertAsAnewAsync();
    }

    // What the caller supplies may be another text by now, and only asking tells.
    [Fact]
    public async Task RunAsync_SuppliedTextChanged_IsEncodedAnew()
    {
        string text = "old dog";
        _sandbox.Options = new ReindexOptions { TextOf = _ => text };
        await _sandbox.RunAsync();
        text = "new dog";
        _sandbox.Write(writer => writer.AddDocument(Sandbox.Document("999", "fox")));

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal(0, result.CarriedSegments);
    }

    private static long SizeOf(string folder) => !System.IO.Directory.Exists(folder) ? 0
        : System.IO.Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file) is { Exists: true } there ? there.Length : 0);

    private sealed class WhenTold(Action look) : IProgress<ReindexProgress>
    {
        public void Report(ReindexProgress value) => look();
    }

    private void Fill(Field column)
    {
        System.IO.Directory.Delete(_sandbox.Source, recursive: true);
        Add("dog", column);
    }

    private void Add(string body, Field column) => _sandbox.Write(writer =>
    {
        Document document = Sandbox.Document("1", body);
        document.Add(column);
        writer.AddDocument(document);
    });
}
