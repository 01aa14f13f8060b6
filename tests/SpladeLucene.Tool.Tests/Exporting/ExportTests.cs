using System.IO.Compression;
using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests.Exporting;

public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExportTests()
    {
        Write("corpus.jsonl", """{"_id": "a", "title": "", "text": "dog"}""", """{"_id": "b", "text": "v1.0% é"}""");
        Write("queries.jsonl", """{"_id": "q", "text": "agile dog"}""");
        Write("qrels.txt", "q 0 a 1");
    }

    [Fact]
    public async Task Export_Json_HasTheWeightsAsTheyAre()
    {
        ToolRun run = await Export("--format", "json");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal("""{"id":"a","text":"dog","vector":{"canine":0.5,"dog":2}}""", run.Output.Split('\n')[0]);
        Assert.Contains("\"é\":2", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_EncoderReturnsMoreVectorsThanTexts_Fails()
    {
        ToolRun run = await ToolRun.Of(_ => new WordEncoder { Extra = 1 }, "export", _folder.Root, "--model", "words", "--format", "json");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("The encoder was given 2 texts and returned 3 vectors.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_Anserini_HasImpacts()
    {
        ToolRun run = await Export("--format", "anserini");

        // 2 × 51.2 and 0.5 × 51.2, rounded.
        Assert.Equal("""{"id":"a","contents":"dog","vector":{"canine":26,"dog":102}}""", run.Output.Split('\n')[0]);
    }

    [Fact]
    public async Task Export_Tsv_RepeatsEachTermAsItsImpactSays()
    {
        ToolRun run = await Export("--format", "tsv");

        string[] cells = run.Output.Split('\n')[0].Split('\t');
        Assert.Equal("a", cells[0]);
        Assert.Equal((26, 102), (cells[1].Split(' ').Count(word => word == "canine"), cells[1].Split(' ').Count(word => word == "dog")));
    }

    [Fact]
    public async Task Export_OpenSearch_NamesNoFeatureWithADot()
    {
        ToolRun run = await Export("--format", "opensearch"), real = await Export("--format", "opensearch", "--weights", "real");

        string[] lines = run.Output.Split('\n');
        Assert.Equal("""{"index":{"_id":"b"}}""", lines[2]);
        Assert.StartsWith("""{"text":"v1.0% é","splade":{"0":102,"v1":102,""", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("""{"text":"v1.0% é","splade":{"0":2,"v1":2,""", real.Output.Split('\n')[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_Queries_HaveTheWeightsOfTheirIndex()
    {
        ToolRun plain = await Export("--format", "json", "--queries");
        ToolRun weighed = await ToolRun.Of(_ => new WordEncoder { QueryIdfExponent = 1 },
            "export", _folder.Root, "--model", "words", "--format", "opensearch", "--queries");

        Assert.Equal("""{"id":"q","text":"agile dog","vector":{"agile":2,"agility":0.5,"canine":0.5,"dog":2}}""", plain.Output.Trim());
        Assert.StartsWith("""{"id":"q","body":{"size":10,"query":{"neural_sparse":{"splade":{"query_tokens":{"agile":""", weighed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"dog\":2,", weighed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ToAFile_IsGzippedWhereItsNameSaysSo()
    {
        string path = Path.Combine(_folder.Root, "vectors.jsonl.gz");
        ToolRun run = await Export("--format", "json", "--to", path), shown = await Export("--format", "json");

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        Assert.Equal(shown.Output, await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData("--format is one of json, anserini, opensearch, elasticsearch, vespa, qdrant, milvus, pgvector, pgvector-copy, tsv, not 'xml'.", "--format", "xml")]
    [InlineData("anserini has no other than whole weights.", "--format", "anserini", "--weights", "real")]
    [InlineData("--weights is whole or real, not 'half'.", "--format", "json", "--weights", "half")]
    [InlineData("-n goes with --queries.", "--format", "json", "-n", "3")]
    [InlineData("--table goes with --queries.", "--format", "json", "--table", "t")]
    [InlineData("-n goes with --queries.", "--format", "vespa", "-n", "3")]
    [InlineData("json says no -n.", "--format", "json", "--queries", "-n", "3")]
    [InlineData("tsv says no -n.", "--format", "tsv", "--queries", "-n", "3")]
    [InlineData("json has no other name for --vector.", "--format", "json", "--vector", "v")]
    [InlineData("anserini has no other name for --vector.", "--format", "anserini", "--vector", "v")]
    [InlineData("tsv has no other name for --vector.", "--format", "tsv", "--vector", "v")]
    [InlineData("tsv has no fields for --with.", "--format", "tsv", "--with", "title")]
    [InlineData("opensearch says no --name.", "--format", "opensearch", "--name", "n")]
    [InlineData("--with is for documents, and --queries writes none.", "--format", "opensearch", "--queries", "--with", "title")]
    [InlineData("--with 'splade' is the name of a field that is made.", "--format", "opensearch", "--with", "splade")]
    [InlineData("--with 'vector' is the name of a field that is made.", "--format", "json", "--with", "vector")]
    [InlineData("--with 'contents' is the name of a field that is made.", "--format", "anserini", "--with", "contents")]
    [InlineData("--with names a field twice.", "--format", "json", "--with", "a", "--with", "a")]
    [InlineData("--json goes with --to: without it the vectors themselves go to stdout.", "--format", "json", "--json")]
    [InlineData("Option '--format' is required.")]
    public async Task Export_BadUsage_IsRefusedWithASentence(string sentence, params string[] args)
    {
        ToolRun run = await Export(args);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Errors + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_MemberThatNoTextHas_IsRefused()
    {
        ToolRun run = await Export("--format", "json", "--with", "tilte", "--to", _folder.PathOf("made"));

        Assert.Equal((2, "No document has 'tilte', which --with names."), (run.ExitCode, run.Errors.Trim()));
        Assert.False(File.Exists(_folder.PathOf("made")));
    }

    [Fact]
    public async Task Export_BadLine_IsRefusedByFileAndLine()
    {
        Write("corpus.jsonl", """{"_id": "a", "text": "dog"}""", "{");

        ToolRun run = await Export("--format", "json");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("corpus.jsonl", run.Errors, StringComparison.Ordinal);
    }

    // What is read can be named in another way, or be found in a folder.
    [UnixFact]
    public async Task Export_IntoAFileThatIsRead_IsRefusedAndLeavesIt()
    {
        using var elsewhere = new TemporaryFolder();
        string texts = _folder.PathOf("corpus.jsonl"), link = _folder.PathOf("out.jsonl"), folder = elsewhere.PathOf("linked");
        File.CreateSymbolicLink(link, "corpus.jsonl");
        Directory.CreateSymbolicLink(folder, _folder.Root);
        string before = TemporaryFolder.Checksum(_folder.Root);
        foreach ((string source, string to) in new[]
        {
            (texts, link), (_folder.Root, link), (_folder.Root, texts), (_folder.Root, _folder.PathOf("queries.jsonl")),
            (texts, Path.Combine(folder, "corpus.jsonl")), (folder, texts),
        })
        {
            ToolRun run = await ToolRun.Of("export", source, "--model", "words", "--format", "json", "--to", to);

            Assert.Equal((2, $"'{to}' is read and can't be written too."), (run.ExitCode, run.Errors.Trim()));
            Assert.Equal(before, TemporaryFolder.Checksum(_folder.Root));
        }
    }

    [UnixFact]
    public async Task Export_RefusedIntoALink_LeavesTheFileThatItLeadsTo()
    {
        string other = _folder.Write("other", "before"), link = _folder.PathOf("link");
        File.CreateSymbolicLink(link, other);

        ToolRun run = await Export("--format", "json", "--with", "tilte", "--to", link);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(("before", other), (await File.ReadAllTextAsync(other), new FileInfo(link).LinkTarget));
    }

    public void Dispose() => _folder.Dispose();

    private Task<ToolRun> Export(params string[] args) => ToolRun.Of(["export", _folder.Root, "--model", "words", .. args]);

    private void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(_folder.Root, name), lines);
}
