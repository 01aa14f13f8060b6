using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests.Inspecting;

public sealed class InspectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Inspect_ModelThatLoads_SaysHowItIsUsed()
    {
        ToolRun run = await ToolRun.Of("model", "inspect", "splade-tiny-en");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.All(["WordPiece, lowercase, 18,432 entries", "max-log1p-relu", "in windows of 34", "splade-tiny-en model="],
            words => Assert.Contains(words, run.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("problem", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_FolderThatDoesNotLoad_SaysWhatIsThereAndWhatWouldHelp()
    {
        File.WriteAllText(Path.Combine(_folder.Root, "model.safetensors"), "x");

        ToolRun run = await ToolRun.Of("model", "inspect", _folder.Root);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("files    model.safetensors", run.Output, StringComparison.Ordinal);
        Assert.Contains("model.safetensors has only the weights: optimum-cli export onnx", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'splade model' knows no 'inspct' (did you mean 'inspect'?).", "model", "inspct", "x")]
    [InlineData("'splade model inspect' knows no '--grph'", "model", "inspect", "x", "--grph", "y")]
    [InlineData("Required argument 'MODEL' missing", "model", "inspect")]
    [InlineData("nowhere: there is no such folder", "model", "inspect", "nowhere")]
    public async Task Inspect_BadUsage_IsRefusedWithASentence(string sentence, params string[] args)
    {
        ToolRun run = await ToolRun.Of(args);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(sentence, run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
