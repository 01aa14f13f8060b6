using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--form", "--from", "--form", "body")]
    [InlineData("--dryrun", "--dry-run", "--dryrun")]
    [InlineData("--skip-missin", "--skip-missing", "--skip-missin")]
    public async Task Reindex_UnknownOption_IsNamedWithTheNearest(string named, string nearest, params string[] wrong)
    {
        ToolRun run = await ToolRun.Of(["reindex", "old", "new", .. wrong]);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal($"'splade reindex' knows no '{named}' (did you mean '{nearest}'?). 'splade reindex --help' says what there is.",
            Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Reindex_UnknownOptionInTheTargetsPlace_IsNoFolder()
    {
        ToolRun run = await ToolRun.Of("reindex", "old", "--dryrun", "--from", "body", "--to", "x", "--model", "m");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("There is no option '--dryrun'.", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'splade' knows no 'reidnex' (did you mean 'reindex'?).", "reidnex", "old", "new")]
    [InlineData("'splade' knows no '--hlep' (did you mean '--help'?).", "--hlep")]
    [InlineData("'splade model inspect' knows no '--hlep' (did you mean '--help'?).", "model", "inspect", "a", "--hlep")]
    [InlineData("'splade model' knows no 'x'.", "model", "x")]
    [InlineData("'splade search' knows no 'dog'; a QUERY of several words stands in quotation marks.", "search", "index", "my", "dog", "is", "--field", "splade", "--model", "words")]
    [InlineData("'splade encode' knows no 'dog'; a TEXT of several words stands in quotation marks.", "encode", "my", "dog", "--model", "words")]
    [InlineData("Required command was not provided.")]
    public async Task Run_UnknownCommand_IsRefusedWithTheNearest(string said, params string[] args)
    {
        ToolRun run = await ToolRun.Of(args);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(said, Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Required argument 'TARGET' missing for command: 'reindex'.", "old", "--from", "body", "--to", "x", "--model", "m")]
    [InlineData("Option '--from' is required.", "old", "new", "--to", "x", "--model", "m")]
    [InlineData("Option '--model' is required.", "old", "new", "--from", "body", "--to", "x")]
    [InlineData("Required argument missing for option: '--to'.", "old", "new", "--from", "b", "--model", "m", "--to")]
    [InlineData("--encoding is payload or frequency, not 'bytes'.",
        "old", "new", "--from", "b", "--to", "x", "--model", "m", "--encoding", "bytes")]
    [InlineData("--offsets goes with --encoding payload, not with frequency.",
        "old", "new", "--from", "b", "--to", "x", "--model", "m", "--encoding", "frequency", "--offsets")]
    [InlineData("Option '--to' expects a single argument but 2 were provided.",
        "old", "new", "--from", "b", "--to", "x", "--to", "y", "--model", "m")]
    public async Task Reindex_IncompleteOrContradictory_IsRefusedWithASentence(string sentence, params string[] args)
    {
        ToolRun run = await ToolRun.Of(["reindex", .. args]);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal($"{sentence} 'splade reindex --help' says what there is.",
            Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public async Task Reindex_UnknownOptionWithJson_IsAnObjectOnStdout()
    {
        ToolRun run = await ToolRun.Of("reindex", "old", "new", "--form", "body", "--json");

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Errors);
        Assert.Equal("'splade reindex' knows no '--form' (did you mean '--from'?).",
            Assert.Single(run.Objects).GetProperty("sentences")[0].GetString());
    }

    [Theory]
    [InlineData("--json=true", true)]
    [InlineData("--json:true", true)]
    [InlineData("--json=false", false)]
    public async Task Run_JsonWithItsValue_IsWhatTheValueSays(string option, bool isJson)
    {
        ToolRun run = await ToolRun.Of("inspect", "nowhere", option);

        Assert.Equal((2, isJson), (run.ExitCode, run.Errors.Length == 0));
        if (isJson) Assert.Equal("error", Assert.Single(run.Objects).GetProperty("type").GetString());
        else Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Run_SomethingThatNobodyExpects_IsASentence()
    {
        ToolRun run = await ToolRun.Of(_ => throw new KeyNotFoundException("No\nkey."), "encode", "dog", "--model", "words");

        Assert.Equal((1, "It failed with KeyNotFoundException: No key."), (run.ExitCode, run.Errors.Trim()));
    }

    [Fact]
    public async Task Reindex_Help_NamesEveryOptionAndTheExitCodes()
    {
        ToolRun run = await ToolRun.Of("reindex", "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(["--from", "--to", "--model", "--encoding", "--offsets", "--skip-missing", "--max-deleted", "--dry-run", "--resume",
            "--json", "Exit codes: 0"], word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Run_Help_NamesTheCommands(string option)
    {
        ToolRun run = await ToolRun.Of(option);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("reindex <SOURCE> <TARGET>", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exit codes", run.Output, StringComparison.Ordinal);
    }
}
