using System.Text.Json;
using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests.Exporting;

/// <summary>Vectors out of an index, and back into one.</summary>
public sealed class IndexExportTests : IDisposable
{
    private static readonly string[] Queries = ["dog", "agile dog", "v1 canine", "nothing of this"];

    private readonly TemporaryFolder _folder = new();

    private string Index => _folder.PathOf("index");

    [Theory]
    [InlineData("json", "--range", "5")]
    [InlineData("anserini", "--weights", "whole", "--range", "5")]
    [InlineData("tsv", "--weights", "whole", "--range", "5")]
    [InlineData("opensearch", "--weights", "whole", "--range", "5")]
    [InlineData("elasticsearch", "--weights", "whole", "--range", "5")]
    [InlineData("json", "--range", "5", "--encoding", "frequency")]
    public async Task Export_AnIndexImportedAgain_HasTheHitsAndScoresThatItHad(string format, params string[] args)
    {
        MakeIndex();

        ToolRun export = await ToolRun.Of("export", Index, "--format", format, "--to", _folder.PathOf("v.gz"), "--json");
        ToolRun import = await ToolRun.Of(["import", _folder.PathOf("v.gz"), _folder.PathOf("again"), "--format", format, "--to", "splade", "--model", "words", .. args]);

        Assert.True((export.ExitCode, import.ExitCode) == (0, 0), export.Output + import.Errors);
        Assert.Equal(4, export.Object("result").GetProperty("vectors").GetInt32());
        foreach (string query in Queries) Assert.Equal(await HitsAsync(Index, query), await HitsAsync(_folder.PathOf("again"), query));
    }

    [Fact]
    public async Task Export_VectorWhoseNameHasADot_IsImportedByThatName()
    {
        MakeIndex();

        ToolRun export = await ToolRun.Of("export", Index, "--format", "elasticsearch", "--vector", "ml.tokens", "--to", _folder.PathOf("v"));
        ToolRun import = await ToolRun.Of("import", _folder.PathOf("v"), _folder.PathOf("again"), "--format", "elasticsearch",
            "--vector", "ml.tokens", "--weights", "whole", "--range", "5", "--to", "splade", "--model", "words");

        Assert.True((export.ExitCode, import.ExitCode) == (0, 0), export.Errors + import.Errors);
        foreach (string query in Queries) Assert.Equal(await HitsAsync(Index, query), await HitsAsync(_folder.PathOf("again"), query));
    }

    [Fact]
    public async Task Export_StoredFields_GoAlongAndDeletedDocumentsDont()
    {
        MakeIndex();

        ToolRun run = await ToolRun.Of("export", Index, "--format", "json", "--with", "text", "--with", "tag", "--weights", "whole");

        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["b", "c", "d", "e"], lines.Select(line => JsonElement.Parse(line).GetProperty("id").GetString()));
        Assert.Equal("""{"id":"d","text":"agile","tag":["x","y"],"vector":{"agile":102,"agility":26}}""", lines[2]);
        Assert.Equal("""{"id":"c","text":"…","vector":{}}""", lines[1]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(25.6)]
    public async Task Export_QueriesOfAFile_GiveTheScoresOfASearch(double range)
    {
        MakeIndex(range);
        _folder.Write("queries.tsv", string.Concat(Queries.Select((query, i) => $"{i}\t{query}\n")));

        ToolRun documents = await ToolRun.Of("export", Index, "--format", "json", "--weights", "whole");
        ToolRun queries = await ToolRun.Of("export", Index, "--format", "json", "--weights", "whole", "--model", "words", "--queries", _folder.PathOf("queries.tsv"));

        Assert.Equal(Queries.Length, queries.Objects.Count);
        foreach (JsonElement query in queries.Objects)
        {
            string[] scored = [.. documents.Objects.Select(document => (Id: document.GetProperty("id").GetString(), Score: Product(query, document)))
                .Where(hit => hit.Score > 0).OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id, StringComparer.Ordinal).Select(hit => $"{hit.Id} {hit.Score}")];
            Assert.Equal(await HitsAsync(Index, query.GetProperty("text").GetString()!), scored);
        }
    }

    [Theory]
    [InlineData("The index has no field 'splode' (did you mean 'splade'?)", "--field", "splode")]
    [InlineData("'text' is no SPLADE field; the index has 'splade'.", "--field", "text")]
    [InlineData("The index has no field 'key'", "--id", "key")]
    [InlineData("has no stored 'tag'; --id names the stored field that is its id.", "--id", "tag")]
    [InlineData("whose vectors are there already: --from is for texts.", "--from", "text")]
    [InlineData("whose vectors are there already: --model is for texts and for --queries.", "--model", "words")]
    [InlineData("--id is for documents, and --queries writes none.", "--id", "tag", "--queries", "queries.tsv", "--model", "words")]
    [InlineData("--queries needs --model or --table, which weighs them.", "--queries")]
    [InlineData("There is no file 'nowhere.tsv'.", "--queries", "nowhere.tsv", "--model", "words")]
    [InlineData("has no queries: looked for queries.jsonl, queries.tsv (or .gz).", "--queries", "--model", "words")]
    public async Task Export_BadUsage_IsRefusedWithASentence(string sentence, params string[] args)
    {
        MakeIndex();

        ToolRun run = await ToolRun.Of(["export", Index, "--format", "json", "--to", _folder.PathOf("made"), .. args]);

        Assert.True(run.ExitCode == 2, run.Errors);
        Assert.Contains(sentence, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.Root), file => Path.GetFileName(file).StartsWith("made", StringComparison.Ordinal));
    }

    /// <summary>What may be a pipe or a device is never replaced by a file: it has no length, as the files here.</summary>
    [UnixFact]
    public async Task Export_ToALinkOrAnEmptyFile_IsWrittenInIt()
    {
        MakeIndex();
        string empty = _folder.Write("empty", ""), other = _folder.Write("other", "before"), link = _folder.PathOf("link");
        File.CreateSymbolicLink(link, other);
        await using FileStream held = File.Open(empty, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

        ToolRun toEmpty = await ToolRun.Of("export", Index, "--format", "tsv", "--to", empty), toLink = await ToolRun.Of("export", Index, "--format", "tsv", "--to", link);

        Assert.Equal((0, 0), (toEmpty.ExitCode, toLink.ExitCode));
        using var reader = new StreamReader(held);
        Assert.Equal(await File.ReadAllTextAsync(other), await reader.ReadToEndAsync());
        Assert.Equal(other, new FileInfo(link).LinkTarget);
        Assert.StartsWith("b\t", await File.ReadAllTextAsync(other), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--to", "index/segments.gen")]
    [InlineData("--vocabulary", "index/terms.txt")]
    public async Task Export_IntoTheIndex_IsRefused(string option, string file)
    {
        MakeIndex();
        string[] before = Directory.GetFiles(Index);

        ToolRun run = await ToolRun.Of(["export", Index, "--format", "qdrant", "--vocabulary", _folder.PathOf("v"), option, _folder.PathOf(file)]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(option == "--to" ? "lies in the index, which is only read" : "'--vocabulary'", run.Errors, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(Index));
    }

    [UnixFact]
    public async Task Export_IntoTheIndexByAnotherName_IsRefused()
    {
        MakeIndex();
        string link = _folder.PathOf("link");
        Directory.CreateSymbolicLink(link, Index);
        string before = TemporaryFolder.Checksum(Index);

        ToolRun run = await ToolRun.Of("export", Index, "--format", "json", "--to", Path.Combine(link, "segments.gen"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("lies in the index, which is only read", run.Errors, StringComparison.Ordinal);
        Assert.Equal(before, TemporaryFolder.Checksum(Index));
    }

    [Fact]
    public async Task Export_QueriesByATable_WeighWhatTheTableSays()
    {
        MakeIndex();
        Directory.CreateDirectory(_folder.PathOf("table"));
        _folder.Write("table/vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\ndog\nagile\n");
        _folder.Write("table/idf.json", """{"dog": 2.5, "agile": 1}""");
        _folder.Write("queries.tsv", "q\tan agile dog\n");

        ToolRun run = await ToolRun.Of("export", Index, "--format", "json", "--weights", "real", "--queries", _folder.PathOf("queries.tsv"), "--table", _folder.PathOf("table"));

        Assert.Equal("""{"id":"q","text":"an agile dog","vector":{"agile":1,"dog":2.5}}""", run.Output.Trim());
    }

    [Fact]
    public async Task Export_ModelWithAFloor_SaysTheLeastScore()
    {
        MakeIndex();
        _folder.Write("queries.tsv", "q\tdog\n");

        ToolRun run = await ToolRun.Of(_ => new WordEncoder { FloorShare = 0.8f }, "export", Index, "--format", "elasticsearch", "--queries", _folder.PathOf("queries.tsv"), "--model", "words");

        // Half of the share of the best, where there aren't ten hits; less half a step of a score.
        float best = (await HitsAsync(Index, "dog")).Select(hit => float.Parse(hit.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)).Max();
        float least = run.Objects.Single().GetProperty("body").GetProperty("min_score").GetSingle();
        Assert.InRange(least, best * 0.4f * 0.999f, best * 0.4f);
    }

    [Fact]
    public async Task Export_TwoDocumentsOfOneId_AreRefused()
    {
        _folder.Write("v.jsonl", """{"id": "a", "n": 7, "vector": {"dog": 1}}""" + "\n" + """{"id": "b", "n": 7, "vector": {"cat": 1}}""" + "\n");
        await ToolRun.Of("import", _folder.PathOf("v.jsonl"), Index, "--format", "json", "--to", "splade");

        ToolRun run = await ToolRun.Of("export", Index, "--format", "json", "--id", "n", "--to", _folder.PathOf("made"));

        Assert.Equal((2, "The id '7' is that of two documents; --id names another field."), (run.ExitCode, run.Errors.Trim()));
        Assert.False(File.Exists(_folder.PathOf("made")));
    }

    [Fact]
    public async Task Export_Stopped_LeavesTheFileThatWasThere()
    {
        MakeIndex();
        string place = _folder.Write("made", "before");
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        ToolRun run = await ToolRun.Of(_ => new WordEncoder(), terminal: false, stopped.Token, "export", Index, "--format", "json", "--to", place);

        Assert.Equal(130, run.ExitCode);
        Assert.Equal("before", await File.ReadAllTextAsync(place));
        Assert.Single(Directory.EnumerateFiles(_folder.Root), file => Path.GetFileName(file).StartsWith("made", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    // Two segments, of which one has a deleted document.
    private void MakeIndex(double range = ImpactQuantizer.DefaultRange)
    {
        using var index = new ExportedIndex(Index, new ImpactFormat { Quantizer = new ImpactQuantizer(range) });
        index.Add("a", "dog dog");
        index.Add("b", "v1.0% é agile dog dog");
        index.Add("c", "…");
        index.Commit();
        index.Add("d", "agile", "x", "y");
        index.Add("e", "canine");
        index.Delete("a");
    }

    private static async Task<string[]> HitsAsync(string index, string query)
    {
        ToolRun run = await ToolRun.Of("search", index, query, "--field", "splade", "--model", "words", "--show", "id", "--json");
        Assert.True(run.ExitCode == 0, run.Output);
        return [.. run.Objects.Where(one => one.GetProperty("type").GetString() == "hit")
            .Select(hit => (Id: hit.GetProperty("fields")[0].GetProperty("value").GetString(), Score: hit.GetProperty("score").GetSingle()))
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id, StringComparer.Ordinal).Select(hit => $"{hit.Id} {hit.Score}")];
    }

    private static float Product(JsonElement query, JsonElement document) => query.GetProperty("vector").EnumerateObject()
        .Sum(term => document.GetProperty("vector").TryGetProperty(term.Name, out JsonElement weight) ? term.Value.GetSingle() * weight.GetSingle() : 0);
}
