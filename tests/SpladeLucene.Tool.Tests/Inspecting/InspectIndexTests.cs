using Lucene.Net.Documents;
using Lucene.Net.Index;
using SpladeLucene.Tool.Tests.Support;
using FSDirectory = Lucene.Net.Store.FSDirectory;

namespace SpladeLucene.Tool.Tests.Inspecting;

/// <summary>What <c>splade inspect</c> says of an index.</summary>
public sealed class InspectIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public InspectIndexTests()
    {
        var encoder = new WordEncoder();
        using FSDirectory directory = FSDirectory.Open(_folder.Source);
        using var writer = new IndexWriter(directory, TestIndex.Config());
        foreach (string text in new[] { "agile fox", "dog fox", "zebra" })
            writer.AddDocument(new Document { new TextField("body", text, Field.Store.YES), new SpladeField("splade", encoder.Encode(text), encoder.Fingerprint) });
        writer.AddDocument(new Document { new StringField("id", "4", Field.Store.YES), new StoredField("note", "kept") });
        writer.Commit();
        writer.DeleteDocuments(new Term("body", "zebra"));
    }

    [Fact]
    public async Task Inspect_Index_FieldsAndWhoseVectors()
    {
        ToolRun run = await ToolRun.Of("inspect", _folder.Source);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.StartsWith("3 documents, 1 deleted, in 1 segment", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"body\s+3\s+4\s+5\s+words", run.Output);
        Assert.Matches(@"note\s+0\s+0\s+0\s+stored only", run.Output);
        Assert.Contains("splade: 2 of 3 documents with a vector", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"in the most documents: fox 2", run.Output);
    }

    [Fact]
    public async Task Inspect_Json_AnObjectALine()
    {
        ToolRun run = await ToolRun.Of("inspect", _folder.Source, "--json");

        Assert.Equal(["index", "segment", "field", "field", "field", "field"], run.Objects.Select(one => one.GetProperty("type").GetString()));
        var field = run.Object("field");
        Assert.Equal(("splade", "SPLADE", 1), (field.GetProperty("name").GetString(), field.GetProperty("kind").GetString(), field.GetProperty("without").GetInt32()));
        Assert.Equal(2, field.GetProperty("vectors")[0].GetProperty("documents").GetInt32());
    }

    [Theory]
    [InlineData("nowhere", "There is no folder")]
    [InlineData("", "holds no index")]
    public async Task Inspect_NoIndex_IsRefused(string name, string reason)
    {
        ToolRun run = await ToolRun.Of("inspect", _folder.PathOf(name));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
