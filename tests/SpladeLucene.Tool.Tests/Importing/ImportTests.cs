using System.IO.Compression;
using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests.Importing;

public sealed class ImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Index => Path.Combine(_folder.Root, "index");

    [Theory]
    [InlineData("json", "--model", "words")]
    [InlineData("json")]
    [InlineData("anserini")]
    [InlineData("anserini", "--largest", "255")]
    [InlineData("tsv")]
    [InlineData("opensearch", "--weights", "whole", "--range", "5")]
    [InlineData("tsv", "--encoding", "frequency")]
    public async Task Import_WhatExportWrote_HasTheImpactsOfTheModelItself(string format, params string[] args)
    {
        Write("corpus.jsonl", """{"_id": "a", "title": "", "text": "dog"}""", """{"_id": "b", "text": "v1.0% é agile dog dog"}""",
            """{"_id": "c", "text": "…"}""");
        Write("queries.jsonl", """{"_id": "q", "text": "agile dog"}""");
        Write("qrels.txt", "q 0 a 1");
        string file = Path.Combine(_folder.Root, "vectors.gz");
        ToolRun export = await ToolRun.Of("export", _folder.Root, "--model", "words", "--format", format, "--to", file);
        Assert.Equal(0, export.ExitCode);

        ToolRun run = await Import(file, format, args);

        Assert.Equal((0, 3), (run.ExitCode, run.Object("result").GetProperty("documents").GetInt32()));
        Assert.Equal(1, run.Object("result").GetProperty("emptyVectors").GetInt32());
        // 2 × 51.2 and 0.5 × 51.2, rounded.
        Assert.Equal(
            ["a: canine=26 dog=102", "b: 0=102 agile=102 agility=26 canine=26 dog=102 v1=102 é=102", "c: "],
            ImpactsOf.Index(Index, "splade"));
    }

    [Fact]
    public async Task Import_WithTheModel_IsFoundByItsQueriesAndByWords()
    {
        Write("v.jsonl", """{"id": "a", "text": "my dog", "vector": {"dog": 2, "canine": 0.5}, "title": "Pets", "year": 1999}""",
            """{"id": "b", "text": "canine teeth", "vector": {"canine": 2}}""");
        Assert.Equal(0, (await Import("v.jsonl", "json", "--model", "words")).ExitCode);

        ToolRun found = await ToolRun.Of("search", Index, "canine", "--field", "splade", "--words", "text", "--model", "words");
        ToolRun other = await ToolRun.Of(
            _ => new WordEncoder("other"), "search", Index, "canine", "--field", "splade", "--model", "other");

        Assert.Equal(0, found.ExitCode);
        Assert.Contains("title: Pets", found.Output, StringComparison.Ordinal);
        Assert.Contains("year: 1999", found.Output, StringComparison.Ordinal);
        Assert.True(found.Output.IndexOf("id: b", StringComparison.Ordinal) < found.Output.IndexOf("id: a", StringComparison.Ordinal));
        Assert.Equal(2, other.ExitCode);
    }

    [Fact]
    public async Task Import_WithoutAModel_IsFoundByATable()
    {
        Write("v.jsonl", """{"id": "a", "vector": {"dog": 200, "canine": 50}}""", """{"id": "b", "vector": {"cat": 255}}""");
        string table = Path.Combine(_folder.Root, "table");
        Directory.CreateDirectory(table);
        Write("table/vocab.txt", "[PAD]", "[UNK]", "[CLS]", "[SEP]", "dog", "cat", "canine");
        Write("table/idf.json", """{"dog": 2.5, "cat": 1}""");
        Assert.Equal(0, (await Import("v.jsonl", "anserini")).ExitCode);

        ToolRun found = await ToolRun.Of("search", Index, "A dog and a cat", "--field", "splade", "--table", table, "--json");

        Assert.Equal([500f, 255f], found.Objects.Skip(1).Select(hit => hit.GetProperty("score").GetSingle()));
    }

    [Fact]
    public async Task Import_WholeWeightsOverAByte_AreScaledByTheLargestOnRequest()
    {
        Write("v.jsonl", """{"id": "a", "vector": {"dog": 1020, "cat": 4, "ant": 1}}""");

        ToolRun refused = await Import("v.jsonl", "anserini"), run = await Import("v.jsonl", "anserini", "--largest", "1020");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("v.jsonl:1: the weight of 'dog' is 1020, over 255; --largest says", Sentence(refused), StringComparison.Ordinal);
        Assert.Equal(["a: cat=1 dog=255"], ImpactsOf.Index(Index, "splade"));
        Assert.Equal(1, run.Object("result").GetProperty("droppedWeights").GetInt32());
    }

    [Fact]
    public async Task Import_RealWeightsOverTheRange_AreRefusedScaledOrClipped()
    {
        Write("v.jsonl", """{"id": "a", "vector": {"dog": 20, "cat": 5}}""");

        ToolRun refused = await Import("v.jsonl", "json");
        ToolRun scaled = await Import("v.jsonl", "json", "--range", "25.6");
        IReadOnlyList<string> impacts = ImpactsOf.Index(Index, "splade");
        Directory.Delete(Index, recursive: true);
        ToolRun clipped = await Import("v.jsonl", "json", "--clip");

        Assert.Contains("v.jsonl:1: the weight of 'cat' is 5, over 4.9804688", Sentence(refused), StringComparison.Ordinal);
        Assert.Equal(["a: cat=50 dog=200"], impacts);
        Assert.Equal((0, 0), (scaled.ExitCode, clipped.ExitCode));
        Assert.Equal(2, clipped.Object("result").GetProperty("clippedWeights").GetInt32());
        Assert.Equal(["a: cat=255 dog=255"], ImpactsOf.Index(Index, "splade"));
    }

    [Fact]
    public async Task Import_FolderOfFiles_ReadsThemInOrderAndGzippedOnesToo()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Root, "parts"));
        Write("parts/1.jsonl", """{"id": 1, "contents": "one", "vector": {"dog": 1}}""");
        Write("parts/notes.md", "not a vector");
        await using (var packed = new GZipStream(File.Create(Path.Combine(_folder.Root, "parts", "0.jsonl.gz")), CompressionLevel.Fastest))
            packed.Write("""{"docid": "0", "vector": {"cat": 2}}"""u8);

        ToolRun run = await Import("parts", "anserini");

        Assert.Equal(2, run.Object("result").GetProperty("documents").GetInt32());
        Assert.Equal(["0: cat=2", "1: dog=1"], ImpactsOf.Index(Index, "splade"));
    }

    [Fact]
    public async Task Import_HitsOfADump_FindTheVectorWhereItLies()
    {
        Write("v.ndjson", """{"_id": "x", "_source": {"ml": {"tokens": {"v1%2E0%25": 2, "%": 1}}, "text": "t", "tags": ["a", "b"]}}""");

        ToolRun run = await Import("v.ndjson", "opensearch", "--vector", "ml.tokens");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["x: %=51 v1.0%=102"], ImpactsOf.Index(Index, "splade"));
    }

    [Theory]
    [InlineData("""{"id": "x", "text": ["my dog", "my cat"], "year": [1, 2], "vector": {"dog": 1}}""", "text=my dog|text=my cat|year=1|year=2")]
    [InlineData("""{"id": "x", "text": {}, "contents": "my dog", "vector": {"dog": 1}}""", "text=my dog", "--skip", "text")]
    [InlineData("""{"id": "y", "docid": "x", "_id": "x", "vector": {"dog": 1}}""", "", "--skip", "id")]
    [InlineData("""{"id": "x", "docid": "y", "vector": {"dog": 1}}""", "docid=y")]
    public async Task Import_WhatALineSays_IsThereButWhatIsSkipped(string line, string stored, params string[] args)
    {
        Write("v.jsonl", line);

        ToolRun run = await Import("v.jsonl", "json", args);

        Assert.True(run.ExitCode == 0, run.Output);
        ToolRun found = await ToolRun.Of("inspect", Index, "--document", "id=x", "--json");
        string[] fields = [.. found.Object("document").GetProperty("fields").EnumerateArray().Select(field => $"{field.GetProperty("name").GetString()}={field.GetProperty("value").GetString()}")];
        Assert.Equal(["id=x", .. stored.Split('|', StringSplitOptions.RemoveEmptyEntries)], fields);
    }

    [Theory]
    [InlineData("""{"a.b": {"dog": 1}}""")]
    [InlineData("""{"a": {"b": {"dog": 1}, "c": 2}}""")]
    [InlineData("""{"a.b": {"dog": 1}, "a": {"b": {"cat": 1}}}""", "--skip", "a")]
    public async Task Import_NameWithADot_IsAMembersOwnOrLeadsDeeper(string source, params string[] args)
    {
        Write("v.jsonl", """{"index": {"_id": "x"}}""", source);

        ToolRun run = await Import("v.jsonl", "elasticsearch", [.. args, "--vector", "a.b"]);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(["x: dog=51"], ImpactsOf.Index(Index, "splade"));
    }

    public void Dispose() => _folder.Dispose();

    private static string Sentence(ToolRun run) => run.Object("error").GetProperty("sentences")[0].GetString()!;

    private Task<ToolRun> Import(string name, string format, params string[] args) => ToolRun.Of(
        ["import", Path.Combine(_folder.Root, name), Index, "--format", format, "--to", "splade", "--json", .. args]);

    private void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(_folder.Root, name), lines);
}
