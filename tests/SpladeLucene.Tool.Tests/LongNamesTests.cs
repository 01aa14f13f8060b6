using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests;

/// <summary>Names of 40,000 characters: what can hold one does, and all else is refused by what it is and where it stands.</summary>
public sealed class LongNamesTests : IDisposable
{
    private static readonly string Long = new('n', 40_000);

    private readonly TemporaryFolder _folder = new();

    private string Index => _folder.PathOf("index");

    [Theory]
    [InlineData("import", "--format", "json", "--to", "splade")]
    [InlineData("import", "--format", "tsv", "--to", "splade")]
    [InlineData("index", "--model", "words")]
    public async Task Run_Id_IsRefusedByFileAndLine(string command, params string[] options)
    {
        string line = options.Contains("tsv") ? $"{Long}\tdog" : "{\"id\": \"" + Long + (command == "import" ? "\", \"vector\": {}}" : "\", \"text\": \"dog\"}");
        string file = _folder.Write("v.jsonl", line + "\n");

        ToolRun run = await ToolRun.Of([command, file, Index, .. options]);

        Assert.Equal((2, $"{file}:1: the id has 40,000 bytes, and a term 32,766 at most"), (run.ExitCode, run.Errors.Trim().TrimEnd('.')));
        Assert.False(Directory.Exists(Index));
    }

    [Fact]
    public async Task Import_Term_IsRefusedByFileAndLine()
    {
        string file = _folder.Write("v.jsonl", "{\"id\": \"a\", \"vector\": {\"" + Long + "\": 1}}");

        ToolRun run = await ToolRun.Of("import", file, Index, "--format", "json", "--to", "splade");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"{file}:1: ", run.Errors, StringComparison.Ordinal);
        Assert.InRange(run.Errors.Length, 1, 1000);
    }

    [Fact]
    public async Task Import_NameOfTheVectors_IsRefused()
    {
        string file = _folder.Write("v.jsonl", """{"id": "a", "vector": {}}""");

        ToolRun run = await ToolRun.Of("import", file, Index, "--format", "json", "--to", "splade", "--name", Long);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("--name is a word of 255 characters at most.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_Fields_AreMadeAndFound()
    {
        string file = _folder.Write("v.jsonl", $$"""{"id": "a", "{{Long}}": "dog"}""");

        ToolRun run = await ToolRun.Of("index", file, Index, "--from", Long, "--to", Long + "s", "--model", "words");
        ToolRun found = await ToolRun.Of("search", Index, "dog", "--field", Long + "s", "--model", "words", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("\"type\":\"hit\"", found.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reindex_Field_IsMadeAndFound()
    {
        using var source = new LegacySource("dog");
        string[] args = source.Reindex();
        args[Array.IndexOf(args, "body_splade")] = Long;

        ToolRun run = await ToolRun.Of(args);
        ToolRun found = await ToolRun.Of("search", source.Target, "dog", "--field", Long, "--model", "words", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\"type\":\"hit\"", found.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("index")]
    [InlineData("import", "--format", "json", "--to", "splade")]
    [InlineData("reindex", "--from", "text", "--to", "added")]
    public async Task Run_TargetFolder_IsRefusedBeforeAnythingIsMade(string command, params string[] options)
    {
        string file = _folder.Write("v.jsonl", """{"id": "a", "text": "dog", "vector": {}}""");
        string[] model = command == "import" ? [] : ["--model", "words"];

        ToolRun run = await ToolRun.Of([command, command == "reindex" ? _folder.Root : file, _folder.PathOf(Long), .. options, .. model]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("a name that is too long", run.Errors, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    public void Dispose() => _folder.Dispose();
}
