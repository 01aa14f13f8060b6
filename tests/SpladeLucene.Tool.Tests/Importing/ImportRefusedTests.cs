using System.IO.Compression;
using System.Text;
using SpladeLucene.Tool.Importing;
using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests.Importing;

public sealed class ImportRefusedTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Index => Path.Combine(_folder.Root, "index");

    [Theory]
    [InlineData("json", "not JSON", "{")]
    [InlineData("json", "expected a JSON object", "[1]")]
    [InlineData("json", "'id' is missing", """{"vector": {}}""")]
    [InlineData("json", "'id' is empty", """{"id": "", "vector": {}}""")]
    [InlineData("json", "'vector' is missing; --vector names the member", """{"id": "a"}""")]
    [InlineData("json", "'vector' is a array; expected an object of terms", """{"id": "a", "vector": []}""")]
    [InlineData("json", "the weight of 'dog' is \"2\"; expected a number", """{"id": "a", "vector": {"dog": "2"}}""")]
    [InlineData("json", "the weight of 'dog' is 1e99; expected a number", """{"id": "a", "vector": {"dog": 1e99}}""")]
    [InlineData("json", "The weight of 'dog' is -2; weights are finite and not negative.", """{"id": "a", "vector": {"dog": -2}}""")]
    [InlineData("json", "A term of a sparse vector is empty.", """{"id": "a", "vector": {"": 2}}""")]
    [InlineData("json", "The term '[splade] x' begins with '[splade] ', which is reserved", """{"id": "a", "vector": {"[splade] x": 2}}""")]
    [InlineData("json", "not JSON", """{"id": "a", "vector": {"dog": 1, "dog": 2}}""")]
    [InlineData("json", "'meta' is a object; --skip meta leaves it out", """{"id": "a", "vector": {}, "meta": {}}""")]
    [InlineData("json", "'splade' is the name of a field that is made", """{"id": "a", "vector": {}, "splade": "x"}""")]
    [InlineData("opensearch", "'id' is the name of a field that is made; --skip id leaves it out", """{"_id": "a", "_source": {"id": "b", "splade": {}}}""")]
    [InlineData("json", "not valid text", """{"id": "\uD800", "vector": {}}""")]
    [InlineData("anserini", "the weight of 'dog' is 0.5, no whole number; --weights real", """{"id": "a", "vector": {"dog": 0.5}}""")]
    [InlineData("tsv", "expected an id, a tab and terms", "dog dog")]
    [InlineData("tsv", "a second tab; expected terms with a blank between", "a\tdog\tcat")]
    [InlineData("opensearch", "expected an action 'index' or 'create'", """{"delete": {"_id": "a"}}""")]
    [InlineData("opensearch", "'index' has no '_id'", """{"index": {}}""")]
    [InlineData("opensearch", "the document of this action is missing", """{"index": {"_id": "a"}}""")]
    [InlineData("opensearch", "'_id' is missing beside '_source'", """{"_source": {}}""")]
    public async Task Import_BadLine_IsRefusedByFileAndLineAndLeavesNothing(string format, string reason, string line)
    {
        string good = format switch
        {
            "tsv" => "0\tdog cat",
            "opensearch" => """{"_id": "0", "_source": {"splade": {"dog": 1}}}""",
            _ => """{"id": "0", "vector": {"dog": 1}}""",
        };
        Write("v.jsonl", good, "", line);

        ToolRun run = await Import("--format", format, "--to", "splade");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"{Path.Combine(_folder.Root, "v.jsonl")}:3: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    [Theory]
    [InlineData("import", "--format", "json", "--to", "splade")]
    [InlineData("index", "--model", "words")]
    public async Task Run_LineBeyondTheLimit_IsRefusedByFileAndLineAndLeavesNothing(string command, params string[] options)
    {
        // 64 MiB and a byte, which are few where they are packed.
        string file = Path.Combine(_folder.Root, "v.jsonl.gz");
        using (var zip = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        {
            zip.Write("""{"id": "a", "text": "dog", "vector": {"dog": 1}}"""u8);
            zip.Write(Encoding.ASCII.GetBytes("\n" + new string(' ', (64 << 20) + 1)));
        }

        ToolRun run = await ToolRun.Of([command, file, Index, .. options, .. command == "index" ? ["--skip", "vector"] : Array.Empty<string>()]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"{file}:2: the line is longer than 64 MiB", run.Errors, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    [Fact]
    public async Task Import_IdThatStandsThereTwice_IsRefusedWhereItDoes()
    {
        Write("v.jsonl", """{"id": "a", "vector": {}}""", """{"id": "b", "vector": {}}""", """{"id": "a", "vector": {}}""");

        ToolRun run = await Import("--format", "json", "--to", "splade");

        Assert.Equal((2, $"{Path.Combine(_folder.Root, "v.jsonl")}:3: the id 'a' stands there twice"), (run.ExitCode, run.Errors.Trim()));
        Assert.False(Directory.Exists(Index));
    }

    [Theory]
    [InlineData("No document has 'txet', which --skip names.", "txet")]
    [InlineData("'id' is missing", "id")]
    public async Task Import_SkippedMember_IsThereAndNotNeeded(string reason, string member)
    {
        Write("v.jsonl", """{"id": "a", "text": "dog", "vector": {}}""");

        ToolRun run = await Import("--format", "json", "--to", "splade", "--skip", member);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Index));
    }

    [Fact]
    public async Task Import_IndexThatIsThere_IsLeftAlone()
    {
        Write("v.jsonl", """{"id": "a", "vector": {}}""");
        Directory.CreateDirectory(Index);
        Write("index/notes.txt", "mine");

        ToolRun run = await Import("--format", "json", "--to", "splade");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is there already, and nothing is written into it", run.Errors, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Index, "notes.txt")).Trim());
    }

    [Theory]
    [InlineData("Option '--to' is required.", "--format", "json")]
    [InlineData("--format is one of json, anserini, opensearch, elasticsearch, tsv, not 'xml'.", "--format", "xml", "--to", "splade")]
    [InlineData("--largest goes with --weights whole.", "--format", "json", "--to", "splade", "--largest", "300")]
    [InlineData("--clip goes with --weights real.", "--format", "tsv", "--to", "splade", "--clip")]
    [InlineData("--largest is a whole number from 1 to 900000, not '0'.", "--format", "tsv", "--to", "splade", "--largest", "0")]
    [InlineData("--range is a number from 1E-06 to 1000000, not 'NaN'.", "--format", "json", "--to", "splade", "--range", "NaN")]
    [InlineData("--model and --name exclude each other.", "--format", "json", "--to", "splade", "--model", "m", "--name", "n")]
    [InlineData("--name is a word of 255 characters at most.", "--format", "json", "--to", "splade", "--name", "a b")]
    [InlineData("tsv has no members for --vector or --skip.", "--format", "tsv", "--to", "splade", "--skip", "x")]
    [InlineData("--skip 'vector' is the member that holds the vector; --vector names another.", "--format", "json", "--to", "splade", "--skip", "vector")]
    [InlineData("--skip 'a.b' is the member that holds the vector; --vector names another.", "--format", "json", "--to", "splade", "--skip", "a.b", "--vector", "a.b")]
    [InlineData("--to is another name than 'id' and 'text'.", "--format", "tsv", "--to", "text")]
    [InlineData("--encoding is one of payload, frequency, not 'bytes'.", "--format", "tsv", "--to", "splade", "--encoding", "bytes")]
    public async Task Import_BadUsage_IsRefusedWithASentence(string sentence, params string[] args)
    {
        ToolRun run = await Import(args);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal($"{sentence} 'splade import --help' says what there is.",
            Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public async Task Import_NoSuchFileOrModel_IsRefused()
    {
        ToolRun run = await Import("--format", "json", "--to", "splade");
        Write("v.jsonl", "{}");
        ToolRun model = await ToolRun.Of(_ => throw new Onnx.ModelLoadException("nowhere", "there is no such folder", "a model"),
            "import", Path.Combine(_folder.Root, "v.jsonl"), Index, "--format", "json", "--to", "splade", "--model", "nowhere");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("There is no file or folder", run.Errors, StringComparison.Ordinal);
        Assert.Equal((2, "nowhere: there is no such folder; expected a model."), (model.ExitCode, model.Errors.Trim()));
    }

    [Fact]
    public async Task Import_StoppedOnTheWay_Ends130AndLeavesNothing()
    {
        Write("v.jsonl", [.. Enumerable.Range(0, 1000).Select(i => $$$"""{"id": {{{i}}}, "vector": {"dog": 1}}""")]);
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        ToolRun run = await ToolRun.Of(_ => new WordEncoder(), terminal: false, cancellation.Token,
            "import", Path.Combine(_folder.Root, "v.jsonl"), Index, "--format", "json", "--to", "splade");

        Assert.Equal((130, "", "Stopped."), (run.ExitCode, run.Output, run.Errors.Trim()));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    [Fact]
    public void Progress_HalfOfTheBytes_SaysRateAndTimeLeft()
    {
        using StringWriter output = new(), errors = new();
        var console = new ToolConsole(ToolConsole.Of(output, redirected: true), ToolConsole.Of(errors, redirected: true));

        new ImportText(console, pause: TimeSpan.Zero).Progress(5120, 300, 600, TimeSpan.FromSeconds(4));

        Assert.Equal(("", "Importing: 5,120 documents (50 %), 1,280/s, 4.0 s left"), (output.ToString(), errors.ToString().Trim()));
    }

    [Fact]
    public async Task Import_Done_SaysHowManyAndTheHelpSaysHow()
    {
        Write("v.jsonl", [.. Enumerable.Range(0, 1000).Select(i => $$$"""{"id": {{{i}}}, "vector": {"dog": 1}}""")]);

        ToolRun run = await ToolRun.Of(_ => new WordEncoder(), terminal: true, CancellationToken.None,
            "import", Path.Combine(_folder.Root, "v.jsonl"), Index, "--format", "json", "--to", "splade");
        ToolRun help = await ToolRun.Of("import", "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("1,000 documents in ", run.Output, StringComparison.Ordinal);
        Assert.All(["VECTORS", "--format", "--largest", "Example: splade import", "Exit codes: 0"],
            word => Assert.Contains(word, help.Output, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private Task<ToolRun> Import(params string[] args) =>
        ToolRun.Of(["import", Path.Combine(_folder.Root, "v.jsonl"), Index, .. args]);

    private void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(_folder.Root, name), lines);
}
