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
    [InlineData("1")]
    [InlineData("body=dog fox")]
    [InlineData("body=dog")]
    public async Task Inspect_Document_ItsWordsWithTheirImpacts(string asked)
    {
        ToolRun run = await ToolRun.Of("inspect", _folder.Source, "--document", asked, "--json");

        var document = Assert.Single(run.Objects);
        Assert.Equal((0, "document", 1), (run.ExitCode, document.GetProperty("type").GetString(), document.GetProperty("doc").GetInt32()));
        Assert.Equal("dog fox", document.GetProperty("fields")[0].GetProperty("value").GetString());
        Assert.Equal(["dog 102", "fox 102", "canine 26"], document.GetProperty("terms").EnumerateArray()
            .Select(term => $"{term.GetProperty("term").GetString()} {term.GetProperty("impact").GetInt32()}"));
        ToolRun told = await ToolRun.Of("inspect", _folder.Source, "--document", asked);
        Assert.Matches(@"splade\s+102\s+dog", told.Output);
        Assert.Equal("3 terms", told.Errors.Trim());
    }

    [Fact]
    public async Task Inspect_DocumentWithOffsets_WordsThatItsTermsComeFrom()
    {
        _folder.Write("texts.jsonl", """{"id": "a", "text": "my dog"}""" + "\n");
        await ToolRun.Of("index", _folder.PathOf("texts.jsonl"), _folder.Target, "--model", "words");

        ToolRun run = await ToolRun.Of("inspect", _folder.Target, "--document", "id=a", "--from", "text");

        Assert.Matches(@"26\s+canine\s+dog\s", run.Output);
    }

    [Theory]
    [InlineData("5", "The index has documents 0 to 3, and no 5.")]
    [InlineData("2", "Document 2 is deleted.")]
    [InlineData("body=nothing", "No document has 'nothing' as 'body'.")]
    [InlineData("bdy=dog", "The index has no field 'bdy'")]
    [InlineData("some", "--document is Lucene's number or FIELD=VALUE, not 'some'.")]
    public async Task Inspect_DocumentThatIsNot_IsRefused(string asked, string reason)
    {
        ToolRun run = await ToolRun.Of("inspect", _folder.Source, "--document", asked);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(reason, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_Terms_ThoseThatBeginSo()
    {
        ToolRun splade = await ToolRun.Of("inspect", _folder.Source, "--terms", "f", "--json");
        ToolRun words = await ToolRun.Of("inspect", _folder.Source, "--terms", "", "--field", "body", "-n", "2");
        ToolRun none = await ToolRun.Of("inspect", _folder.Source, "--terms", "zzz", "--json");

        Assert.Equal([("splade", "fox", 2)], splade.Objects.Select(term => (term.GetProperty("field").GetString(), term.GetProperty("term").GetString(), term.GetProperty("documents").GetInt32())));
        Assert.Matches(@"body\s+1\s+agile\s+\n\s*body\s+1\s+dog", words.Output);
        Assert.Contains("There are more", words.Errors, StringComparison.Ordinal);
        Assert.Equal((0, ""), (none.ExitCode, none.Output));
    }

    [Fact]
    public async Task Inspect_Map_CountsEachPostingOnce()
    {
        ToolRun run = await ToolRun.Of("inspect", _folder.Source, "--map", "--json");

        var map = Assert.Single(run.Objects);
        // agile, fox, dog, fox, zebra weigh 2, agility and canine 0.5: 102 and 26.
        Assert.Equal([0, 2, 0, 5, 0], map.GetProperty("postings").EnumerateArray().Select(count => count.GetInt32()));
        Assert.Equal((1, 9), (map.GetProperty("from").GetInt32(), map.GetProperty("to").GetInt32()));
        Assert.Contains("64 to 127", (await ToolRun.Of("inspect", _folder.Source, "--map", "--field", "splade")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--document, --terms and --map exclude each other.", "--document", "1", "--map")]
    [InlineData("--from goes with --document.", "--from", "body")]
    [InlineData("-n goes with --terms.", "-n", "3")]
    [InlineData("--field goes with --document, --terms or --map.", "--field", "splade")]
    [InlineData("'body' is no SPLADE field; the index has 'splade'.", "--map", "--field", "body")]
    public async Task Inspect_WhatDoesNotGoTogether_IsRefused(string sentence, params string[] more)
    {
        ToolRun run = await ToolRun.Of(["inspect", _folder.Source, .. more]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(sentence, run.Errors, StringComparison.Ordinal);
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
