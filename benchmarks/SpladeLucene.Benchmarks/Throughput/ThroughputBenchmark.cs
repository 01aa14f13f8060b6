using System.Diagnostics;
using System.Runtime.InteropServices;
using SpladeLucene.Benchmarks.Reporting;
using SpladeLucene.Evaluation;
using SpladeLucene.Onnx;
using SpladeLucene.Onnx.Batching;
using static System.FormattableString;

namespace SpladeLucene.Benchmarks.Throughput;

/// <summary>
/// Encodes texts, and runs the graph alone on the batches that they make, in turn, so that what else the machine does meets
/// both alike.
/// </summary>
internal sealed class ThroughputBenchmark(ThroughputArguments arguments, CancellationToken cancellation)
{
    public const string Generated = "bert-base";

    /// <summary>Measures each model, and writes a table.</summary>
    public async Task<int> RunAsync()
    {
        var rows = new List<Throughput>();
        foreach (string model in arguments.Models)
        {
            string folder = model == Generated ? BertFolder.Make(arguments.Work) : model;
            rows.Add(await MeasureAsync(model, folder));
        }

        string table = Render(rows);
        Console.WriteLine(table);
        System.IO.Directory.CreateDirectory(arguments.Results);
        await File.WriteAllTextAsync(Path.Combine(arguments.Results, "throughput.md"), table, cancellation);
        return 0;
    }

    private async Task<Throughput> MeasureAsync(string model, string folder)
    {
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder);
        string[] texts = await TextsAsync(encoder);
        TokenBatch[] batches = [.. encoder.BatchesOf(texts)];
        Spent own = Spent.Most, runtime = Spent.Most;
        var progress = ProgressLine.Of($"rounds of {Path.GetFileName(model)}", arguments.Rounds);
        for (int i = 0; i < arguments.Rounds; i++)
        {
            own = own.Least(await Spent.OnAsync(() => encoder.EncodeAsync(texts, cancellation)));
            runtime = runtime.Least(await Spent.OnAsync(() => Task.Run(() => RunAlone(encoder, batches), cancellation)));
            progress.Report(i + 1);
        }

        progress.Finish();
        long tokens = batches.Sum(batch => batch.Texts.Sum(text => (long)text.Count));
        return new Throughput(Path.GetFileName(model), texts.Length, batches.Length, tokens, own, runtime);
    }

    private void RunAlone(OnnxSparseEncoder encoder, TokenBatch[] batches)
    {
        foreach (TokenBatch batch in batches) encoder.RunAlone(batch, cancellation);
    }

    // As many as keep the runtime busy for the time that is asked for; the first run is not counted.
    private async Task<string[]> TextsAsync(OnnxSparseEncoder encoder)
    {
        string[] all = [.. TestCollection.Load(arguments.Collection).ReadDocuments().Select(document => document.Body)];
        string[] some = all[..Math.Min(32, all.Length)];
        await encoder.EncodeAsync(some[..1], cancellation);
        long start = Stopwatch.GetTimestamp();
        await encoder.EncodeAsync(some, cancellation);
        int count = (int)Math.Clamp(
            some.Length * arguments.Seconds / Stopwatch.GetElapsedTime(start).TotalSeconds, some.Length, 8192);
        return [.. Enumerable.Range(0, count).Select(i => all[i % all.Length])];
    }

    private string Render(IReadOnlyList<Throughput> rows)
    {
        var text = new Markdown();
        text.Line($"# From texts to vectors, beside ONNX Runtime alone");
        text.Line($"");
        text.Line($"{Machine.Processor}, {Environment.ProcessorCount} processors, shared with other work; {RuntimeInformation.OSDescription};");
        text.Line($"{RuntimeInformation.FrameworkDescription}; ONNX Runtime {Machine.VersionOf(typeof(Microsoft.ML.OnnxRuntime.InferenceSession))}, one thread. The fastest of {arguments.Rounds} rounds of each in turn, the same");
        text.Line($"batches. While the runtime computes, a second thread makes tokens of the next texts and, but of logits, vectors of what");
        text.Line($"came out: where a processor is free for it, wall time is the runtime's. `{Generated}` has that size and random weights. The command:");
        text.Line($"");
        text.Line($"    dotnet run -c Release --project benchmarks/SpladeLucene.Benchmarks -- throughput{Given()}");
        text.Table($"Throughput", "model", "texts", "batches", "texts a second", "tokens a second",
            "ONNX Runtime alone, tokens a second", "share of it", "the same in processor time");
        foreach (Throughput row in rows)
        {
            text.Row(row.Model, $"{row.Texts}", $"{row.Batches}", Markdown.Number(row.Texts / row.Own.Wall, "0.0"),
                Markdown.Number(row.Tokens / row.Own.Wall, "0"), Markdown.Number(row.Tokens / row.Runtime.Wall, "0"),
                Markdown.Number(row.Runtime.Wall / row.Own.Wall, "0.00"),
                Markdown.Number(row.Runtime.Processor / row.Own.Processor, "0.00"));
        }

        return text.ToString();
    }

    // What is not as it comes; folders by their names, as nobody else has the same paths.
    private string Given()
    {
        var defaults = new ThroughputArguments();
        IEnumerable<string> models = arguments.Models.SequenceEqual(defaults.Models) ? [] : arguments.Models;
        return string.Concat(models.Select(model => $" --model {NameOf(model)}"))
            + (arguments.Collection == defaults.Collection ? "" : $" --collection {NameOf(arguments.Collection)}")
            + (arguments.Seconds == defaults.Seconds ? "" : Invariant($" --seconds {arguments.Seconds}"))
            + (arguments.Rounds == defaults.Rounds ? "" : Invariant($" --rounds {arguments.Rounds}"));
    }

    private static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));

    /// <param name="Model">Its name.</param>
    /// <param name="Texts">How many texts were encoded.</param>
    /// <param name="Batches">In how many runs.</param>
    /// <param name="Tokens">How many tokens they have, without padding.</param>
    /// <param name="Own">From texts to vectors.</param>
    /// <param name="Runtime">The runs alone.</param>
    private sealed record Throughput(string Model, int Texts, int Batches, long Tokens, Spent Own, Spent Runtime);

    /// <summary>Seconds of the clock, and of all processors together.</summary>
    private readonly record struct Spent(double Wall, double Processor)
    {
        public static readonly Spent Most = new(double.PositiveInfinity, double.PositiveInfinity);

        public static async Task<Spent> OnAsync(Func<Task> work)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            await work();
            return new Spent(Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        public Spent Least(Spent other) => new(Math.Min(Wall, other.Wall), Math.Min(Processor, other.Processor));
    }
}
