using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests.Searching;

public sealed class SearchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SearchTests()
    {
        var encoder = new WordEncoder();
        using FSDirectory directory = FSDirectory.Open(_folder.Source);
        using var writer = new IndexWriter(directory, TestIndex.Config());
        foreach (string text in new[] { "sick canine", "dog food", "agile fox" })
        {
            writer.AddDocument(new Document
            {
                new TextField("body", text, Field.Store.YES),
                new SpladeField("splade", encoder.Encode(text), encoder.Fingerprint),
            });
        }
    }

    [Fact]
    public async Task Search_MeaningAlone_FindsAndExplains()
    {
        ToolRun run = await Search("dog", "--explain");

        string[] lines = run.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((0, "2 hits"), (run.ExitCode, run.Errors.Trim()));
        Assert.StartsWith("1. ", lines[0], StringComparison.Ordinal);
        Assert.Equal("body: dog food", lines[1]);
        Assert.Contains("body: sick canine", lines);
        Assert.Contains(lines, line => line.Contains("\"canine\" is an expansion of the query's \"dog\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Search_WithWords_SaysBothScores()
    {
        ToolRun run = await Search("dog", "--words", "body", "--json");

        Assert.Equal(2, run.Object("total").GetProperty("hits").GetInt32());
        Assert.Equal([1, 0], run.Objects.Skip(1).Select(hit => hit.GetProperty("doc").GetInt32()));
        Assert.True(run.Objects[1].GetProperty("words").GetDouble() > 0);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, run.Objects[2].GetProperty("words").ValueKind);
    }

    [Fact]
    public async Task Search_ShownFieldThatIsNotStored_SaysSo()
    {
        ToolRun told = await Search("dog", "--show", "splade"), program = await Search("dog", "--show", "splade", "--show", "body", "--json");

        Assert.Contains("splade: (nothing stored)", told.Output, StringComparison.Ordinal);
        Assert.Equal(["body:dog food", "splade:"], program.Object("hit").GetProperty("fields").EnumerateArray().Count() == 2
            ? program.Objects[1].GetProperty("fields").EnumerateArray().Select(field => $"{field.GetProperty("name").GetString()}:{field.GetProperty("value").GetString()}") : []);
    }

    [Fact]
    public async Task Search_MoreWordsThanAQueryTakes_Searches()
    {
        ToolRun run = await Search(string.Join(' ', Enumerable.Range(0, 3000).Select(i => $"w{i}")) + " dog", "--words", "body");

        Assert.Equal((0, "2 hits"), (run.ExitCode, run.Errors.Trim()));
    }

    [Fact]
    public async Task Search_Nothing_SaysSo()
    {
        ToolRun run = await Search("zebra");

        Assert.Equal((0, "", "Nothing is found."), (run.ExitCode, run.Output, run.Errors.Trim()));
    }

    [Theory]
    [InlineData("The index has no field 'splad' (did you mean 'splade'?); it has body, splade.", "--field", "splad")]
    [InlineData("The index has no field 'title'", "--field", "splade", "--words", "title")]
    [InlineData("The index has no field 'title'", "--field", "splade", "--show", "title")]
    [InlineData("'body' is no SPLADE field; the index has 'splade'.", "--field", "body")]
    [InlineData("--from goes with --explain.", "--field", "splade", "--from", "body")]
    [InlineData("-n is a whole number from 1 on, not '0'.", "--field", "splade", "-n", "0")]
    public async Task Search_WhatIsNotThere_IsRefusedByName(string sentence, params string[] args)
    {
        ToolRun run = await ToolRun.Of(["search", _folder.Source, "dog", "--model", "words", .. args]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Search_NoFolderOrNoIndex_IsRefused()
    {
        ToolRun missing = await ToolRun.Of("search", _folder.Target, "dog", "--field", "splade", "--model", "words");
        ToolRun empty = await ToolRun.Of("search", _folder.Root, "dog", "--field", "splade", "--model", "words");

        Assert.Equal((2, $"There is no folder '{_folder.Target}'."), (missing.ExitCode, missing.Errors.Trim()));
        Assert.Equal((2, $"The folder '{_folder.Root}' holds no index."), (empty.ExitCode, empty.Errors.Trim()));
    }

    [Fact]
    public async Task Search_WeightsOfTwoRanges_AreRefusedByTheRanges()
    {
        var encoder = new WordEncoder();
        using (FSDirectory directory = FSDirectory.Open(_folder.PathOf("two")))
        using (var writer = new IndexWriter(directory, TestIndex.Config()))
        {
            foreach (double range in new[] { 5, 3.5 })
                writer.AddDocument(new Document { new SpladeField("splade", encoder.Encode("dog"), encoder.Fingerprint, new ImpactFormat { Quantizer = new ImpactQuantizer(range) }) });
        }

        ToolRun run = await ToolRun.Of("search", _folder.PathOf("two"), "dog", "--field", "splade", "--model", "words");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("The field 'splade' holds weights of 2 ranges (3.5, 5); each needs a field of its own.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_DamagedSegmentsGen_SaysThatItCanGo()
    {
        string file = Path.Combine(_folder.Source, "segments.gen");
        byte[] content = await File.ReadAllBytesAsync(file);
        content[3] ^= 1;
        await File.WriteAllBytesAsync(file, content);

        ToolRun damaged = await Search("dog");
        File.Delete(file);

        Assert.Equal((2, $"'{file}' is damaged. Nothing but where to look first stands in it: without it the index opens."), (damaged.ExitCode, damaged.Errors.Trim()));
        Assert.Equal(0, (await Search("dog")).ExitCode);
    }

    [Theory]
    [InlineData("search", "dog", "--field", "splade", "--model", "words")]
    [InlineData("inspect")]
    [InlineData("export", "--format", "json")]
    public async Task Run_DamagedListOfSegments_NamesTheIndex(string command, params string[] more)
    {
        string file = System.IO.Directory.GetFiles(_folder.Source, "segments_*").Single();
        byte[] content = await File.ReadAllBytesAsync(file);
        content[^1] ^= 1;
        await File.WriteAllBytesAsync(file, content);

        ToolRun run = await ToolRun.Of([command, _folder.Source, .. more]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"The index in '{_folder.Source}' can't be read: checksum failed", run.Errors, StringComparison.Ordinal);
    }

    // Lucene takes the length that stands in the stored values for what it is.
    [Fact]
    public async Task Run_DamagedSegment_NamesItInsteadOfAStackTrace()
    {
        string compound = System.IO.Directory.GetFiles(_folder.Source, "_0*.cfs").Single();
        byte[] content = await File.ReadAllBytesAsync(compound);
        int stored = content.AsSpan().IndexOf("Lucene41StoredFieldsData"u8);
        for (int place = stored + 28; place < stored + 60; place++)
        {
            await File.WriteAllBytesAsync(compound, [.. content[..place], (byte)(content[place] ^ 0x60), .. content[(place + 1)..]]);

            ToolRun search = await Search("dog"), export = await ToolRun.Of("export", _folder.Source, "--format", "json");
            ToolRun document = await ToolRun.Of("inspect", _folder.Source, "--document", "0");

            string sentence = $"Segment _0 of the index in '{_folder.Source}' is damaged: ";
            Assert.Equal((2, ""), (export.ExitCode, export.Output));
            Assert.StartsWith(sentence, export.Errors, StringComparison.Ordinal);
            Assert.All([search, document], run => Assert.True(
                run.ExitCode == 0 || (run.ExitCode == 2 && run.Errors.Contains(sentence, StringComparison.Ordinal)), $"{place}: {run.Errors}"));
        }
    }

    [Fact]
    public async Task Search_AnotherModel_IsRefusedWithBothNames()
    {
        ToolRun run = await ToolRun.Of(_ => new WordEncoder("another-model"),
            "search", _folder.Source, "dog", "--field", "splade", "--model", "words");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("another-model", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ToolRun> Search(string text, params string[] more) =>
        ToolRun.Of(["search", _folder.Source, text, "--field", "splade", "--model", "words", .. more]);
}
