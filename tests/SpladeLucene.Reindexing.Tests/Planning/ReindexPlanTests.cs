using Lucene.Net.Documents;
using Lucene.Net.Index;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

public sealed class ReindexPlanTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    [Fact]
    public async Task PlanAsync_OfAnIndex_SaysWhatIsThere()
    {
        _sandbox.AddSegments(["dog", "cat", "bird"], ["dog"]);
        _sandbox.Write(writer => writer.DeleteDocuments(new Term("id", "1")));
        _sandbox.Write(writer => writer.AddDocument(TestIndex.Document(
            new TextField("body", "fish", Field.Store.YES), new NumericDocValuesField("price", 3))));

        ReindexPlan plan = await _sandbox.PlanAsync();

        Assert.True(plan.CanRun);
        Assert.Equal((ReindexStart.New, 4, 1), (plan.Start, plan.Documents, plan.Deleted));
        Assert.Equal([("_0", 2, 1), ("_1", 1, 0), ("_2", 1, 0)],
            plan.Segments.Select(segment => (segment.Name, segment.Documents, segment.Deleted)));
        Assert.Equal(["body", "id", "price"], plan.Fields.Select(info => info.Name));
        Assert.Equal(new ReindexField("body", true, IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, true, false, false, null),
            plan.Fields[0]);
        Assert.Equal(new ReindexField("price", false, null, false, false, false, DocValuesType.NUMERIC), plan.Fields[2]);
        Assert.Equal(new ReindexTexts(Sandbox.Body, 4, 0, null, 14, 4), plan.Texts[0]);
        Assert.Equal(["1 deleted document stays behind; scores become those of the source once its deletions are expunged."],
            plan.Notices);
        Assert.NotNull(plan.EstimatedTime);
        Assert.InRange(plan.EstimatedTargetBytes!.Value, 1, plan.EstimatedWorkingBytes!.Value);
    }

    [Fact]
    public async Task PlanAsync_OfAnything_WritesNothing()
    {
        _sandbox.AddSegments(["dog"]);
        string[] before = System.IO.Directory.GetFileSystemEntries(_sandbox.In(""), "*", SearchOption.AllDirectories);

        await _sandbox.PlanAsync();

        Assert.Equal(before, System.IO.Directory.GetFileSystemEntries(_sandbox.In(""), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task PlanAsync_TextOf_SuppliesWhatIsNotStored()
    {
        _sandbox.AddSegments(["dog", null], [null]);
        var asked = new List<string>();
        _sandbox.Options = new ReindexOptions
        {
            TextOf = document =>
            {
                asked.Add($"{document.Segment} {document.Number} {document.Stored.Get("id")} {document.Mapping}");
                return document.Number == 1 ? "cat" : null;
            },
            SkipMissingText = true,
        };

        ReindexPlan plan = await _sandbox.PlanAsync();

        Assert.Equal(["_0 1 1 body -> body_splade", "_1 0 2 body -> body_splade"], asked);
        Assert.Equal(new ReindexTexts(Sandbox.Body, 2, 1, "document 0 of segment _1", 6, 2), plan.Texts[0]);
        Assert.Equal(["1 document without a text for body -> body_splade will have no vector."], plan.Notices);
        _sandbox.Encoder.Forget();
        ReindexResult result = await _sandbox.Reindexer.RunAsync(plan);
        Assert.Equal(["dog", "cat"], _sandbox.Encoder.Texts);
        Assert.Equal((3, 1), (result.Documents, result.WithoutText));
    }

    [Fact]
    public async Task PlanAsync_Cancelled_Stops()
    {
        _sandbox.AddSegments(["dog"]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _sandbox.Reindexer.PlanAsync(
            _sandbox.Source, _sandbox.Target, [Sandbox.Body], cancellationToken: new CancellationToken(canceled: true)));
    }

    public void Dispose() => _sandbox.Dispose();
}
