using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("There is no option '--form'; did you mean '--from'?", "--form", "body")]
    [InlineData("There is no option '--form'; did you mean '--from'?", "--form=body")]
    [InlineData("There is no option '--dryrun'; did you mean '--dry-run'?", "--dryrun")]
    [InlineData("There is no option '--skip-missin'; did you mean '--skip-missing'?", "--skip-missin")]
    [InlineData("There is no option '--quantum-entanglement'.", "--quantum-entanglement")]
    public async Task Reindex_UnknownOption_IsNamedWithTheNearest(string sentence, params string[] wrong)
    {
        ToolRun run = await ToolRun.Of(["reindex", "old", "new", .. wrong]);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(sentence, run.Errors.Split('\n')[0].Trim());
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("There is no command or option 'reidnex'; did you mean 'reindex'?", "reidnex", "old", "new")]
    [InlineData("There is no command or option '--hlep'; did you mean '--help'?", "--hlep")]
    [InlineData("No command was given.")]
    public async Task Run_UnknownCommand_IsNamedWithTheNearest(string sentence, params string[] args)
    {
        ToolRun run = await ToolRun.Of(args);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(sentence, run.Errors.Split('\n')[0].Trim());
    }

    [Theory]
    [InlineData("TARGET is missing.", "old", "--from", "body", "--to", "x", "--model", "m")]
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
        Assert.Contains(sentence, run.Errors.Split('\n', StringSplitOptions.TrimEntries));
        Assert.Contains("splade reindex --help", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reindex_UnknownOptionWithJson_IsAnObjectOnStdout()
    {
        ToolRun run = await ToolRun.Of("reindex", "old", "new", "--form", "body", "--json");

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Errors);
        Assert.Equal("There is no option '--form'; did you mean '--from'?",
            Assert.Single(run.Objects).GetProperty("sentences")[0].GetString());
    }

    [Fact]
    public async Task Reindex_Help_NamesEveryOptionAndTheExitCodes()
    {
        ToolRun run = await ToolRun.Of("reindex", "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(["--from", "--to", "--model", "--encoding", "--offsets", "--skip-missing", "--dry-run", "--resume",
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
