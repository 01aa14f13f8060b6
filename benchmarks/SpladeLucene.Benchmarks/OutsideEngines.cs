using System.Diagnostics;
using System.Text.Json;

namespace SpladeLucene.Benchmarks;

/// <summary>Engines that are programs of their own and print a JSON line a run.</summary>
internal static class OutsideEngines
{
    public static IEnumerable<Timing> Cpp(string binary, string collection, SearchArguments arguments) => Timings(
        "C++ ", Run(binary, collection, arguments.Queries, "--k", Join(arguments), "--block", $"{arguments.Block}",
            "--warm", $"{arguments.Warm}", "--engines", "win32,winms,bmpx", "--limit", $"{arguments.Limit}"));

    public static IEnumerable<Timing> Java(string folder, string collection, SearchArguments arguments)
    {
        string index = Path.Combine(arguments.Work, arguments.Name + ".l8");
        string classes = $"{folder}{Path.PathSeparator}{Path.Combine(folder, "*")}";
        if (!System.IO.Directory.Exists(index)) Run("java", "-Xmx4g", "-cp", classes, "SpladeLucene8", "index", collection, index);
        return Timings("Java ", Run("java", "-Xmx4g", "-cp", classes, "SpladeLucene8", "search", index,
            arguments.Queries, "--k", Join(arguments), "--warm", $"{arguments.Warm}", "--limit", $"{arguments.Limit}"));
    }

    private static string Join(SearchArguments arguments) => string.Join(',', arguments.Wanted);

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
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split('\n')
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
