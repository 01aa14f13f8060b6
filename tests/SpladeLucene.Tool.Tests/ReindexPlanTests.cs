using System.Text.Json;
using Spectre.Console;
using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests;

/// <summary>What is said before anything is done, and what is refused.</summary>
public sealed class ReindexPlanTests
{
    [Fact]
    public async Task DryRun_LegacyIndex_SaysThePlanAndWritesNothing()
    {
        using var source = new LegacySource("A canine sleeps.", "The fox.");
        source.Put("1", "The fox again.");
        IReadOnlyList<string> before = source.Everything();

        ToolRun run = await ToolRun.Of(source.Reindex("--dry-run"));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(before, source.Everything());
        Assert.Contains("2 documents", run.Output, StringComparison.Ordinal);
        Assert.Contains("body: stored, indexed with positions, norms", run.Output, StringComparison.Ordinal);
        Assert.Contains("body -> body_splade: 2 texts", run.Output, StringComparison.Ordinal);
        Assert.Contains("while it works", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DryRun_Json_IsAPlanAndNothingElse()
    {
        using var source = new LegacySource("A canine sleeps.", "The fox.");

        ToolRun run = await ToolRun.Of(source.Reindex("--dry-run", "--json"));

        JsonElement plan = Assert.Single(run.Objects);
        Assert.Empty(run.Errors);
        Assert.Equal("plan", plan.GetProperty("type").GetString());
        Assert.Equal("new", plan.GetProperty("start").GetString());
        Assert.Equal(2, plan.GetProperty("documents").GetInt64());
        Assert.Equal(2, plan.GetProperty("texts")[0].GetProperty("toEncode").GetInt64());
        Assert.Equal(JsonValueKind.Number, plan.GetProperty("estimatedTime").ValueKind);
        Assert.Contains("DOCS_AND_FREQS_AND_POSITIONS",
            plan.GetProperty("fields").EnumerateArray().Select(one => one.GetProperty("indexed").GetString()));
    }

    [Fact]
    public async Task Run_Json_IsPlanProgressAndResultInThisOrder()
    {
        using var source = new LegacySource("A canine sleeps.", "The fox.");

        ToolRun run = await ToolRun.Of(source.Reindex("--json"));

        string[] types = [.. run.Objects.Select(one => one.GetProperty("type").GetString()!)];
        Assert.Empty(run.Errors);
        Assert.Equal("plan", types[0]);
        Assert.Equal("result", types[^1]);
        Assert.NotEmpty(types[1..^1]);
        Assert.All(types[1..^1], type => Assert.Equal("progress", type));
    }

    [Theory]
    [InlineData("--from", "headline", "headline")]
    [InlineData("--model", "no-such-model", "no-such-model")]
    [InlineData("--to", "id", "'id'")]
    public async Task Reindex_BadInput_IsRefusedByItsName(string option, string value, string named)
    {
        using var source = new LegacySource("A canine sleeps.");
        string[] args = [.. source.Reindex()];
        args[Array.IndexOf(args, option) + 1] = value;

        ToolRun run = await ToolRun.Of(Load, args);

        Assert.Equal(2, run.ExitCode);
        string refusal = run.Errors.Split('\n').First(line => line.StartsWith("Refused: ", StringComparison.Ordinal));
        Assert.Contains(named, refusal, StringComparison.Ordinal);
        Assert.False(Directory.Exists(source.Target));
    }

    [Fact]
    public async Task Reindex_NoIndexThere_IsRefusedByTheFoldersName()
    {
        using var source = new LegacySource();
        Directory.CreateDirectory(source.Path);

        ToolRun run = await ToolRun.Of(source.Reindex("--json"));

        Assert.Equal(2, run.ExitCode);
        JsonElement error = run.Object("error");
        Assert.Equal("refused", error.GetProperty("kind").GetString());
        Assert.Contains(source.Path, error.GetProperty("sentences")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reindex_MissingText_IsRefusedAndNamesTheWayOut()
    {
        using var source = new LegacySource("A canine sleeps.", null, null);

        ToolRun run = await ToolRun.Of(source.Reindex());

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("2 without text", run.Output, StringComparison.Ordinal);
        Assert.Contains("--skip-missing", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reindex_FieldNamedTwice_IsRefused()
    {
        using var source = new LegacySource("A canine sleeps.");

        ToolRun run = await ToolRun.Of(
            "reindex", source.Path, source.Target, "--from", "body", "--from", "body", "--to", "added", "--model", "m");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("Refused: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains("The source field 'body' is named twice.", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reindex_DamagedSegment_IsRefusedByItsName()
    {
        using var source = new LegacySource("A canine sleeps.", "The fox.");
        string file = Directory.GetFiles(source.Path, "_0*.cfs").Single();
        byte[] content = await File.ReadAllBytesAsync(file);
        content[content.Length / 2] ^= 4;
        await File.WriteAllBytesAsync(file, content);

        ToolRun run = await ToolRun.Of(source.Reindex()), json = await ToolRun.Of(source.Reindex("--json"));

        Assert.Equal((2, 2), (run.ExitCode, json.ExitCode));
        Assert.Contains($"Refused: Segment _0 of the source '{source.Path}' is damaged: ", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.Equal("refused", json.Object("error").GetProperty("kind").GetString());
        Assert.False(Directory.Exists(source.Target));
    }

    [Fact]
    public async Task Reindex_Refused_SaysWhyBeforeThePlan()
    {
        using var source = new LegacySource("A canine sleeps.", null);
        using var both = new StringWriter();
        IAnsiConsole one = ToolConsole.Of(both, redirected: true);

        int exitCode = await CommandLine.RunAsync(
            source.Reindex(), new ToolConsole(one, one), _ => new WordEncoder(), CancellationToken.None);

        string said = both.ToString();
        Assert.Equal(2, exitCode);
        Assert.InRange(said.IndexOf("Refused: 1 of 2 documents", StringComparison.Ordinal), 0, said.IndexOf("source  ", StringComparison.Ordinal));
        Assert.Single(said.Split('\n'), line => line.StartsWith("Refused: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("titel", "has no field 'titel' (did you mean 'title'?)")]
    [InlineData("title,body", "has no field 'title,body' ('title' and 'body' are fields, each to be named by itself)")]
    public async Task Reindex_NoSuchField_SaysWhichIsMeantAndNothingOfWhatIsStored(string from, string reason)
    {
        using var source = new LegacySource("A canine sleeps.");
        source.Put("both", "sleeps", "canine");
        source.AddBytes("blob");
        string[] args = ["reindex", source.Path, source.Target, "--from", from, "--to", "added", "--model", "words"];

        ToolRun run = await ToolRun.Of(args), json = await ToolRun.Of([.. args, "--json"]);

        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing left", run.Output, StringComparison.Ordinal);
        Assert.All(json.Object("plan").GetProperty("fields").EnumerateArray(),
            one => Assert.Equal(JsonValueKind.Null, one.GetProperty("stored").ValueKind));
        // As it is: programs and people read the same sentence.
        Assert.Contains("'", json.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u0027", json.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--skip-missing")]
    public async Task Reindex_NumbersAreNoText_AreRefusedWithoutAdviceThatLosesAll(params string[] more)
    {
        using var source = new LegacySource("A canine sleeps.");
        source.AddNumber("size", 7);

        ToolRun run = await ToolRun.Of(
            ["reindex", source.Path, source.Target, "--from", "size", "--to", "added", "--model", "words", .. more]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("The field 'size'", run.Errors, StringComparison.Ordinal);
        Assert.Contains("stored as numbers or bytes", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("--skip-missing", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(source.Target));
    }

    [Fact]
    public async Task Reindex_TextsAreAllBlank_IsRefusedInASentence()
    {
        using var source = new LegacySource("", "  ");

        ToolRun run = await ToolRun.Of(source.Reindex("--skip-missing"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("has more than blanks, in 2 documents: there is nothing to encode. Name a field that has texts.", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(source.Target));
    }

    [Fact]
    public async Task Reindex_FieldThatIsAddedBesides_IsNamedInPlanAndHelp()
    {
        using var source = new LegacySource("A canine sleeps.");

        ToolRun plan = await ToolRun.Of(source.Reindex("--dry-run")), help = await ToolRun.Of("reindex", "--help");

        Assert.Contains("body_splade.sha256 with a hash of each text", plan.Output, StringComparison.Ordinal);
        Assert.Contains(".sha256", help.Output, StringComparison.Ordinal);
        Assert.Contains("once its deletions are expunged", help.Output, StringComparison.Ordinal);
    }

    private static ISparseEncoder Load(string folder) => folder == "words"
        ? new WordEncoder()
        : Onnx.OnnxSparseEncoder.Load(folder);
}
