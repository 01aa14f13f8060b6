using System.Text.Json;
using SpladeLucene.Benchmarks.Collections;

namespace SpladeLucene.Benchmarks.Engines;

/// <summary>Engines that are programs of their own and print a JSON line a run.</summary>
internal sealed class OutsideEngines(
    SearchArguments arguments, CollectionFile collection, Action<Timing> timed, CancellationToken cancellation)
{
    public const string JavaPrefix = "Java ";
    public const string CppPrefix = "C++ ";

    // A way that takes over twice the time of the other one doesn't become the better one by another try.
    private const double WorthAnotherTry = 2;

    /// <summary>The C++ loops; block-max pruning only where few hits are wanted.</summary>
    public void Cpp(string binary)
    {
        int[] few = [.. arguments.Wanted.Where(k => k <= LuceneEngines.MostForBlockMax)];
        for (int pass = 0; pass < arguments.Repeats; pass++)
        {
            Cpp(binary, "win32,winms", arguments.Wanted);
            if (few.Length > 0) Cpp(binary, "bmpx", few);
        }
    }

    /// <summary>Java Lucene 8 in both of its ways: scoring everything, and its block-max WAND.</summary>
    public void Java(string folder)
    {
        string index = Path.Combine(arguments.Work, collection.Name + ".l8");
        string classes = $"{folder}{Path.PathSeparator}{Path.Combine(folder, "*")}";
        string[] java = ["-Xmx4g", "-cp", classes, "SpladeLucene8"];
        if (!SourceNote.Says(index, collection.Source))
            SourceNote.Make(index, collection.Source, () => IndexForJava(java, index));
        string[] modes = ["exhaustive", "wand"];
        for (int pass = 0; pass < arguments.Repeats; pass++)
        {
            List<Timing> timings = Timings(JavaPrefix, "java",
                [.. java, "search", index, collection.QueriesPath, "--k", Join(arguments.Wanted), "--modes",
                    string.Join(',', modes), "--warm", $"{arguments.Warm}", "--limit", $"{arguments.Limit}"]);
            modes = [.. modes.Where(mode => IsWorthAnotherTry(timings, JavaPrefix + "lucene8-" + mode))];
        }
    }

    private static bool IsWorthAnotherTry(List<Timing> timings, string engine) => timings.Exists(timing =>
        timing.Engine == engine && timing.Mean < WorthAnotherTry
            * timings.Where(other => other.Wanted == timing.Wanted).Min(other => other.Mean));

    // An index that was broken off has another name and is never searched.
    private void IndexForJava(string[] java, string index)
    {
        string unfinished = index + ".unfinished";
        if (System.IO.Directory.Exists(unfinished)) System.IO.Directory.Delete(unfinished, recursive: true);
        OutsideProgram.Run("java", [.. java, "index", collection.Path, unfinished], _ => { }, cancellation);
        if (System.IO.Directory.Exists(index)) System.IO.Directory.Delete(index, recursive: true);
        System.IO.Directory.Move(unfinished, index);
    }

    private void Cpp(string binary, string engines, IReadOnlyList<int> wanted) => Timings(CppPrefix, binary,
        [collection.Path, collection.QueriesPath, "--k", Join(wanted), "--block", $"{arguments.Block}",
            "--warm", $"{arguments.Warm}", "--engines", engines, "--limit", $"{arguments.Limit}"]);

    private static string Join(IReadOnlyList<int> wanted) => string.Join(',', wanted);

    private List<Timing> Timings(string prefix, string program, string[] parameters)
    {
        var timings = new List<Timing>();
        OutsideProgram.Run(program, parameters, line =>
        {
            if (!line.Contains("\"mean_us\"", StringComparison.Ordinal)) return;
            timings.Add(Parse(prefix, line));
            timed(timings[^1]);
        }, cancellation);
        return timings;
    }

    private static Timing Parse(string prefix, string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        JsonElement run = json.RootElement;
        double Of(string name) => run.GetProperty(name).GetDouble();
        return new Timing(prefix + run.GetProperty("engine").GetString(), (int)Of("k"), Of("mean_us"),
            Of("p50_us"), Of("p95_us"), Of("p99_us"), Of("score_sum"));
    }
}
