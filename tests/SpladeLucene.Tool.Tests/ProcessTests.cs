using System.Diagnostics;
using System.Text.Json;
using SpladeLucene.Onnx;
using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests;

/// <summary>The tool as a process of its own, with the model that ships.</summary>
public sealed class ProcessTests
{
    private static readonly string Model = Path.Combine(AppContext.BaseDirectory, "models", "splade-tiny-en");

    [Fact]
    public async Task Reindex_ModelThatComesAlongByItsName_FindsOtherWords()
    {
        using var source = new LegacySource("A fast, agile fox leaps across a sleeping canine.", "The history of money.");

        using Process tool = Start(source);
        string output = await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();

        Assert.Equal(0, tool.ExitCode);
        Assert.Contains("\"type\":\"result\"", output, StringComparison.Ordinal);
        Assert.Equal("0", source.Search("dog", OnnxSparseEncoder.Load(Model))[0]);
    }

    // What Ctrl-C sends is ignored by processes of a background job, which tests may be.
    [UnixFact]
    public async Task Reindex_AskedToEnd_Ends130AndCanBeResumed()
    {
        using var source = new LegacySource([.. Enumerable.Range(0, 3000).Select(Sentences)]);
        using Process tool = Start(source);
        await ReadUntilAsync(tool, line => line.Contains("\"phase\":\"encoding\"", StringComparison.Ordinal));

        using (var kill = Process.Start("kill", ["-TERM", $"{tool.Id}"])) await kill.WaitForExitAsync();
        string rest = await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();

        Assert.Equal(130, tool.ExitCode);
        JsonElement end = JsonElement.Parse(rest.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
        Assert.Equal("stopped", end.GetProperty("kind").GetString());
        Assert.False(Directory.Exists(source.Target));
        ToolRun plan = await ToolRun.Of(_ => OnnxSparseEncoder.Load(Model), source.Reindex("--dry-run", "--resume", "--json"));
        Assert.Equal("resume", plan.Object("plan").GetProperty("start").GetString());
    }

    // All of its vectors would take many times as long as head does.
    [UnixFact]
    public async Task Export_ReaderThatGoesAway_StopsSoon()
    {
        using var folder = new TemporaryFolder();
        folder.Write("corpus.jsonl", string.Concat(Enumerable.Range(0, 5000).Select(i => $$"""{"_id": "{{i}}", "text": "{{Sentences(i)}}"}""" + "\n")));
        folder.Write("queries.jsonl", """{"_id": "q", "text": "dog"}""" + "\n");
        folder.Write("qrels.txt", "q 0 1 1\n");
        string tool = Path.Combine(AppContext.BaseDirectory, "splade.dll");
        string line = $"dotnet '{tool}' export '{folder.Root}' --model splade-tiny-en --format json | head -n 1 | wc -l; echo \"${{PIPESTATUS[0]}}\"";

        using Process shell = Process.Start(new ProcessStartInfo("bash", ["-c", line]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = shell.StandardError.ReadToEndAsync();
        string output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();

        Assert.Equal(("1\n130\n", "Stopped.\n"), (output, await errors));
    }

    private static string Sentences(int number) => string.Join(' ', Enumerable.Range(0, 12).Select(i =>
        $"Document {number} says in sentence {i} that foxes and dogs run."));

    private static Process Start(LegacySource source)
    {
        string[] args = [.. source.Reindex("--json")];
        args[Array.IndexOf(args, "--model") + 1] = "splade-tiny-en";
        return Process.Start(new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "splade.dll"), .. args])
        { RedirectStandardOutput = true })!;
    }

    private static async Task ReadUntilAsync(Process tool, Func<string, bool> found)
    {
        while (await tool.StandardOutput.ReadLineAsync() is { } line)
        {
            if (found(line)) return;
        }

        Assert.Fail("The tool ended before it began to encode.");
    }
}
