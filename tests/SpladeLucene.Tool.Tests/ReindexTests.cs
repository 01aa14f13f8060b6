using System.Text.Json;
using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests;

/// <summary>Migrations that reach their end.</summary>
public sealed class ReindexTests
{
    [Fact]
    public async Task Reindex_LegacyIndex_IsFoundByItsExpansions()
    {
        using var source = new LegacySource("A canine sleeps.", "The history of the fox.", "A dog, a dog!");

        ToolRun run = await ToolRun.Of(source.Reindex());

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["2", "0"], source.Search("dog"));
        Assert.Contains("3 documents", run.Output, StringComparison.Ordinal);
        Assert.Contains("3 texts encoded, 0 reused", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reindex_SeveralFrom_AreJoined()
    {
        using var source = new LegacySource();
        source.Put("both", body: "sleeps", title: "canine");

        ToolRun run = await ToolRun.Of(source.Reindex("--from", "title"));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["both"], source.Search("sleeps"));
        Assert.Equal(["both"], source.Search("dog"));
        Assert.Contains("body + title -> body_splade", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reindex_Frequencies_AreWrittenAndSearched()
    {
        using var source = new LegacySource("A canine sleeps.", "The fox.");

        ToolRun run = await ToolRun.Of(source.Reindex("--encoding", "frequency"));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["0"], source.Search("dog"));
        Assert.EndsWith("DOCS_AND_FREQS", source.PostingsOf("body_splade"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reindex_Offsets_AreIndexedWhereAskedFor()
    {
        using LegacySource with = new("A canine sleeps."), without = new("A canine sleeps.");

        await ToolRun.Of(with.Reindex("--offsets"));
        await ToolRun.Of(without.Reindex());

        Assert.EndsWith("POSITIONS_AND_OFFSETS", with.PostingsOf("body_splade"), StringComparison.Ordinal);
        Assert.EndsWith("POSITIONS", without.PostingsOf("body_splade"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reindex_SkipMissing_CarriesDocumentsWithoutTextOver()
    {
        using var source = new LegacySource("A canine sleeps.", null);

        ToolRun run = await ToolRun.Of(source.Reindex("--skip-missing"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Done", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 without text", run.Output, StringComparison.Ordinal);
        Assert.Equal(["0"], source.Search("dog"));
    }

    [Fact]
    public async Task Reindex_CompleteTarget_CatchesUpEncodingOnlyWhatChanged()
    {
        using var source = new LegacySource("A canine sleeps.", "The fox.", "The hen.");
        await ToolRun.Of(source.Reindex());
        source.Put("1", "A dog!");
        source.Put("new", "An agile cat.");

        ToolRun run = await ToolRun.Of(source.Reindex("--json"));

        JsonElement result = run.Object("result");
        Assert.Equal("catchUp", result.GetProperty("start").GetString());
        Assert.Equal(2, result.GetProperty("encoded").GetInt64());
        Assert.Equal(2, result.GetProperty("reused").GetInt64());
        Assert.Equal(["1", "0"], source.Search("dog"));
        Assert.Equal(["new"], source.Search("agility"));
    }

    // One of twenty is less than a tenth.
    [Theory]
    [InlineData(1)]
    [InlineData(1, "--max-deleted", "0.05")]
    [InlineData(0, "--max-deleted", "0")]
    public async Task Reindex_MaxDeleted_SaysWhetherMarkedDocumentsStay(int carried, params string[] more)
    {
        using var source = new LegacySource([.. Enumerable.Range(0, 20).Select(i => $"The fox v{i}.")]);
        await ToolRun.Of(source.Reindex());
        source.Put("1", "A dog!");

        ToolRun run = await ToolRun.Of(source.Reindex(["--json", .. more]));

        Assert.Equal((0, carried), (run.ExitCode, run.Object("result").GetProperty("carriedSegments").GetInt32()));
    }

    [Fact]
    public async Task Reindex_NothingChanged_SaysSo()
    {
        using var source = new LegacySource("A canine sleeps.");
        await ToolRun.Of(source.Reindex());

        ToolRun run = await ToolRun.Of(source.Reindex());

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Nothing to do.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("fields", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reindex_OnATerminal_DrawsTheTimeOfEachPhaseAndLeavesNoProgressBehind()
    {
        using var source = new LegacySource("A canine sleeps.");

        ToolRun run = await ToolRun.Of(_ => new WordEncoder(), terminal: true, CancellationToken.None, source.Reindex());

        Assert.Matches(@"encoding.*\d\.\d s", run.Output);
        Assert.Contains("━", run.Errors, StringComparison.Ordinal);
        // The line is erased and the cursor shown again.
        Assert.EndsWith("\e[2K\e[?25h", run.Errors, StringComparison.Ordinal);
    }
}
