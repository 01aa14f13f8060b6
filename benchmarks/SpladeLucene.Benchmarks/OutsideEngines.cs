using System.Diagnostics;
using System.Text.Json;

namespace SpladeLucene.Benchmarks;

/// <summary>Engines that are programs of their own and print a JSON line a run.</summary>
internal static class OutsideEngines
{
    // Block-max pruning takes a hundred times longer where many hits are wanted; nobody waits for that.
    private const int MostForBlockMax = 100;

    public static IEnumerable<Timing> Cpp(string binary, string collection, SearchArguments arguments) =>
        Cpp(binary, collection, arguments, "win32,winms", arguments.Wanted).Concat(
            Cpp(binary, collection, arguments, "bmpx", [.. arguments.Wanted.Where(k => k <= MostForBlockMax)]));

    /// <summary>Lucene 8 without its block-max WAND, which is several times slower still on such queries.</summary>
    public static IEnumerable<Timing> Java(string folder, string collection, SearchArguments arguments)
    {
        string index = Path.Combine(arguments.Work, arguments.Name + ".l8");
        string classes = $"{folder}{Path.PathSeparator}{Path.Combine(folder, "*")}";
        if (!System.IO.Directory.Exists(index))
            Run("java", "-Xmx4g", "-cp", classes, "SpladeLucene8", "index", collection, index);
        return Quietest(arguments, "Java ", () => Run("java", "-Xmx4g", "-cp", classes, "SpladeLucene8", "search", index,
            arguments.Queries, "--k", Join(arguments.Wanted), "--modes", "exhaustive", "--warm", $"{arguments.Warm}", "--limit", $"{arguments.Limit}"));
    }

    private static IEnumerable<Timing> Quietest(SearchArguments arguments, string prefix, Func<string[]> run) =>
        Enumerable.Range(0, arguments.Repeats).SelectMany(_ => Timings(prefix, run()))
            .GroupBy(timing => (timing.Engine, timing.Wanted), (_, passes) => passes.MinBy(timing => timing.Mean)!);

    private static IEnumerable<Timing> Cpp(
        string binary, string collection, SearchArguments arguments, string engines, IReadOnlyList<int> wanted) =>
        wanted.Count == 0 ? [] : Quietest(arguments, "C++ ", () => Run(
            binary, collection, arguments.Queries, "--k", Join(wanted), "--block", $"{arguments.Block}",
            "--warm", $"{arguments.Warm}", "--engines", engines, "--limit", $"{arguments.Limit}"));

    private static string Join(IReadOnlyList<int> wanted) => string.Join(',', wanted);

    private static IEnumerable<Timing> Timings(string prefix, IEnumerable<string> lines)
    {
        foreach (string line in lines.Where(line => line.Contains("\"mean_us\"", StringComparison.Ordinal)))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement run = json.RootElement;
            double Of(string name) => run.GetProperty(name).GetDouble();
            yield return new Timing(prefix + run.GetProperty("engine").GetString(), (int)Of("k"), Of("mean_us"),
                Of("p50_us"), Of("p95_us"), Of("p99_us"), Of("score_sum"));
        }
    }

    private static string[] Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)
            ?? throw new InvalidOperationException($"{program} did not start.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split('\n')
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
