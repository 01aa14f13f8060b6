using System.Text.Json;
using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests;

/// <summary>Migrations that are stopped or fail, and go on.</summary>
public sealed class ReindexStoppedTests : IDisposable
{
    // Each text fills the 512 tokens that the encoder says it sees, so these are four batches.
    private const int Documents = 256;

    private readonly LegacySource _source = new([.. Enumerable.Range(0, Documents).Select(Long)]);

    [Fact]
    public async Task Reindex_Stopped_Ends130AndSaysHowToGoOn()
    {
        ToolRun run = await StopAsync();

        Assert.Equal(130, run.ExitCode);
        Assert.False(Directory.Exists(_source.Target));
        Assert.Contains("Stopped.", run.Errors, StringComparison.Ordinal);
        Assert.Contains($"splade reindex --resume {_source.Path} {_source.Target} --from body", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--resume")]
    [InlineData(null)]
    public async Task Reindex_AfterAStop_GoesOnAndSaysSo(string? resume)
    {
        await StopAsync();

        ToolRun plan = await ToolRun.Of([.. _source.Reindex("--dry-run"), .. More(resume)]);
        ToolRun run = await ToolRun.Of([.. _source.Reindex("--json"), .. More(resume)]);

        Assert.Contains("goes on with the interrupted run", plan.Output, StringComparison.Ordinal);
        JsonElement result = run.Object("result");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("resume", result.GetProperty("start").GetString());
        Assert.Equal(Documents, result.GetProperty("documents").GetInt64());
        Assert.InRange(result.GetProperty("encoded").GetInt64(), 1, Documents - 1);
        Assert.Equal(["7"], _source.Search("number7"));
    }

    [Fact]
    public async Task Reindex_ResumeWithNothingToResume_IsRefused()
    {
        IReadOnlyList<string> before = _source.Everything();

        ToolRun run = await ToolRun.Of(_source.Reindex("--resume"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("There is nothing to resume", run.Errors, StringComparison.Ordinal);
        Assert.Equal(before, _source.Everything());
    }

    [Fact]
    public async Task Reindex_StoppedWhilePlanning_SaysThatNothingWasBegun()
    {
        using var stop = new CancellationTokenSource();
        IReadOnlyList<string> before = _source.Everything();
        var encoder = new StoppingEncoder(0, stop.Cancel, counts: () => true);

        ToolRun run = await ToolRun.Of(_ => encoder, terminal: false, stop.Token, _source.Reindex());

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("Nothing was begun.", run.Errors, StringComparison.Ordinal);
        Assert.Equal(before, _source.Everything());
    }

    [Fact]
    public async Task Reindex_EncoderFails_Ends1AndGoesOnWhereItWas()
    {
        ToolRun run = await BreakAsync(() => throw new IOException("The disk is on fire."), CancellationToken.None, "--json");
        ToolRun again = await ToolRun.Of(_source.Reindex("--json"));

        Assert.Equal(1, run.ExitCode);
        JsonElement error = run.Object("error");
        Assert.Equal("failed", error.GetProperty("kind").GetString());
        Assert.True(error.GetProperty("resumable").GetBoolean());
        Assert.Contains("The disk is on fire.", error.GetProperty("sentences")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("resume", again.Object("result").GetProperty("start").GetString());
    }

    [Fact]
    public async Task Reindex_SomethingThatNobodyExpects_Ends1AndGoesOnWhereItWas()
    {
        ToolRun run = await BreakAsync(() => throw new KeyNotFoundException("No key."), CancellationToken.None, "--json");
        ToolRun again = await ToolRun.Of(_source.Reindex("--json"));

        Assert.Equal(1, run.ExitCode);
        JsonElement error = run.Object("error");
        Assert.Equal(("failed", true), (error.GetProperty("kind").GetString(), error.GetProperty("resumable").GetBoolean()));
        Assert.Equal("It failed with KeyNotFoundException: No key.", error.GetProperty("sentences")[0].GetString());
        Assert.Equal("resume", again.Object("result").GetProperty("start").GetString());
    }

    [Fact]
    public async Task Reindex_RefusedAtItsEnd_Ends1AndSaysThatItGoesOn()
    {
        string file = Path.Combine(_source.Target, "notes.txt");
        ToolRun run = await BreakAsync(() =>
        {
            Directory.CreateDirectory(_source.Target);
            File.WriteAllText(file, "mine");
        }, CancellationToken.None);
        Directory.Delete(_source.Target, recursive: true);
        ToolRun again = await ToolRun.Of(_source.Reindex("--json"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("To go on:", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, again.Object("result").GetProperty("encoded").GetInt64());
    }

    [Fact]
    public async Task Reindex_DocumentThatCannotBeEncoded_Ends1AndNamesIt()
    {
        _source.Put("bad", WordEncoder.Unencodable);

        ToolRun run = await ToolRun.Of(_source.Reindex());

        Assert.NotEqual(0, run.ExitCode);
        Assert.Matches(@"Document \d+ of segment _\w+", run.Errors);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _source.Dispose();

    private static string Long(int number) =>
        $"number{number} " + string.Join(' ', Enumerable.Repeat("one two three four five six seven eight", 60));

    private static string[] More(string? option) => option is null ? [] : [option];

    private async Task<ToolRun> StopAsync()
    {
        using var stop = new CancellationTokenSource();
        return await BreakAsync(stop.Cancel, stop.Token);
    }

    // Does something at the third batch of the run itself, whatever the plan's sample took.
    private async Task<ToolRun> BreakAsync(Action action, CancellationToken cancellation, params string[] more)
    {
        using var encoder = new StoppingEncoder(2, action, () => Directory.Exists(_source.Target + ".upgrading"));
        return await ToolRun.Of(_ => encoder, terminal: false, cancellation, _source.Reindex(more));
    }
}
