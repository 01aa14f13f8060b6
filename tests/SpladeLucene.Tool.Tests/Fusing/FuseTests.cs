using System.Diagnostics;
using System.Text.Json;
using SpladeLucene.Onnx.Tests.Support;
using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests.Fusing;

public sealed class FuseTests : IDisposable
{
    private const int Large = 250_002, Tokens = 512;

    // The logits of 32 tokens four times over, and the runtimes with the vocabulary and the model.
    private const long Ceiling = (4L * 32 * Large * sizeof(float)) + 300_000_000;

    private readonly TemporaryFolder _folder = new();

    private string Model => Path.Combine(_folder.Root, "model");

    private string Fused => Path.Combine(_folder.Root, "fused");

    /// <summary>All logits of the longest text would be 512 MB.</summary>
    [LinuxFact]
    [Trait("Category", "Large")]
    public async Task Fuse_LargeVocabulary_StaysUnderTheCeilingAndGivesTheSame()
    {
        MakeModel(Large);
        ToolRun inspected = await ToolRun.Of("model", "inspect", Model), fused = await ToolRun.Of("model", "fuse", Model, Fused);

        Assert.Equal((0, ""), (fused.ExitCode, fused.Errors));
        Assert.Contains("Logits of 32 tokens at a time take 32.0 MB.", fused.Output, StringComparison.Ordinal);
        Assert.Contains("the logits of a text of 512 tokens take 512 MB; 'splade model fuse' makes", inspected.Output, StringComparison.Ordinal);
        (string before, long all) = await Encode(Model);
        (string after, long peak) = await Encode(Fused);
        Assert.InRange(peak, 1, Ceiling);
        Assert.True(all > 512_000_000, $"Unfused it took {all} bytes: the ceiling is told of nothing.");
        Assert.Equal(Weights(before), Weights(after));
        Assert.NotEmpty(Weights(after));
    }

    [Fact]
    public async Task Fuse_Model_SaysHowFarWeightsAgreeOrWhyNot()
    {
        MakeModel(1000);
        ToolRun first = await ToolRun.Of("model", "fuse", Model, Fused, "--json");
        ToolRun second = await ToolRun.Of("model", "fuse", Fused, Path.Combine(_folder.Root, "again"));
        ToolRun there = await ToolRun.Of("model", "fuse", Model, Fused);
        ToolRun carried = await ToolRun.Of("model", "fuse", "splade-tiny-en", Path.Combine(_folder.Root, "again"));

        Assert.Equal(0, first.ExitCode);
        Assert.InRange(first.Object("result").GetProperty("largestDifference").GetDouble(), 0, 1e-5);
        Assert.Equal((2, 2), (second.ExitCode, carried.ExitCode));
        Assert.Contains("its output 'weights' needs no pooling", second.Errors, StringComparison.Ordinal);
        Assert.Equal((2, $"'{Fused}' is there already."), (there.ExitCode, there.Errors.Trim()));
    }

    public void Dispose() => _folder.Dispose();

    // A few entries have logits over 0, so that what is printed is short.
    private void MakeModel(int entries)
    {
        const int Hidden = 8;
        var random = new Random(1);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        float[] bias = [.. Enumerable.Range(0, entries).Select(id => id % 500 == 7 ? 1f : -9f)];
        OnnxModel graph = new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("embeddings", Numbers(entries * Hidden), entries, Hidden)
            .Constant("layer", Numbers(Hidden * entries), Hidden, entries).Constant("bias", bias, entries)
            .Node("Gather", ["embeddings", "input_ids"], "hidden").Node("MatMul", ["hidden", "layer"], "products")
            .Node("Add", ["products", "bias"], "logits").Output("logits", "texts", "tokens", $"{entries}");
        Directory.CreateDirectory(Model);
        File.WriteAllBytes(Path.Combine(Model, "model.onnx"), graph.ToArray());
        IEnumerable<string> words = Enumerable.Range(4, entries - 4).Select(id => $"w{id}");
        File.WriteAllLines(Path.Combine(Model, "vocab.txt"), ["[PAD]", "[UNK]", "[CLS]", "[SEP]", .. words]);
        File.WriteAllText(Path.Combine(Model, "config.json"), $$"""{"max_position_embeddings": {{Tokens}}}""");
    }

    private static async Task<(string Output, long Peak)> Encode(string model)
    {
        string text = string.Join(' ', Enumerable.Range(0, Tokens).Select(word => $"w{4 + (word * 400)}"));
        using Process tool = Process.Start(new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "splade.dll"), "encode", text, "--model", model, "--json"])
        { RedirectStandardOutput = true })!;
        Task<string> output = tool.StandardOutput.ReadToEndAsync();
        long peak = 0;
        while (!tool.HasExited)
        {
            peak = Math.Max(peak, PeakOf(tool.Id));
            await Task.Delay(2);
        }

        Assert.Equal(0, tool.ExitCode);
        return (await output, peak);
    }

    // What the kernel itself remembers as the most that was ever resident, in KiB there.
    private static long PeakOf(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
                System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static IReadOnlyList<(string, double)> Weights(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
            .Select(term => (term.GetProperty("term").GetString()!, Math.Round(term.GetProperty("weight").GetDouble(), 4)))
            .OrderBy(term => term.Item1, StringComparer.Ordinal)];
}
