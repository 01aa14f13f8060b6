using Spectre.Console;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Tool.Evaluating;

/// <summary>Reads runs, measures them, compares them with the first.</summary>
internal sealed class EvalSession(ToolConsole console, IReadOnlyList<Measure> measures, bool complete, bool perQuery, EvalWriter writer)
{
    /// <summary>Writes what <paramref name="files"/> are worth.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="MalformedLineException">A line is not what it should be.</exception>
    /// <exception cref="InvalidDataException">A run has no judged query.</exception>
    public void Run(string qrelsPath, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        Qrels qrels = Qrels.Load(qrelsPath);
        EvaluatedRun[] runs = [.. files.Select(file => Evaluated(file, qrels, cancellation))];
        if (runs.DistinctBy(run => run.Name, StringComparer.Ordinal).Count() < runs.Length)
            runs = [.. runs.Select((run, i) => run with { Name = files[i] })];
        Difference[][] differences = [.. runs.Skip(1).Select(run => measures.Select(measure =>
            Difference.Of(measure, runs[0].Values, run.Values, cancellation)).ToArray())];
        if (perQuery) writer.Queries(runs, measures);
        writer.Means(runs, measures);
        for (int i = 1; i < runs.Length; i++) writer.Differences(runs[0], runs[i], differences[i - 1]);
    }

    private EvaluatedRun Evaluated(string file, Qrels qrels, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!File.Exists(file)) throw new FileNotFoundException($"There is no file '{file}'.");
        TrecRun run = TrecRun.Load(file);
        RunEvaluation values = RunEvaluation.Of(run, qrels, measures, complete);
        if (values.Queries.Count == 0 || values.Missing == qrels.Judged.Count)
        {
            throw new InvalidDataException($"The run '{file}' has none of the {Amounts.Count(qrels.Judged.Count, "judged query", "judged queries")}: "
                + $"it has '{run.Queries.FirstOrDefault()}', they have '{qrels.Judged.FirstOrDefault()}'.");
        }

        if (values.Missing > 0)
        {
            console.Error.WriteLine($"{run.Name} lacks {Amounts.Count(values.Missing, "judged query", "judged queries")} of {qrels.Judged.Count:N0}, "
                + (complete ? "which count as 0." : "which are left out; --complete counts them as 0."));
        }

        return new EvaluatedRun(run.Name, values);
    }
}

/// <summary>A run with what it is worth.</summary>
internal sealed record EvaluatedRun(string Name, RunEvaluation Values);

/// <summary>How one run differs from another by a measure, over the queries that both have.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Queries">Over how many queries.</param>
/// <param name="Mean">The mean difference with its interval.</param>
/// <param name="PValue">Of the paired randomization test.</param>
/// <param name="Better">For how many queries it is better.</param>
/// <param name="Worse">For how many it is worse.</param>
internal sealed record Difference(Measure Measure, int Queries, Bootstrap Mean, double PValue, int Better, int Worse)
{
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Difference Of(Measure measure, RunEvaluation first, RunEvaluation other, CancellationToken cancellation)
    {
        Dictionary<string, double> firsts = first.Queries.Zip(first.Of(measure))
            .ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        (string Query, double Value)[] both = [.. other.Queries.Zip(other.Of(measure)).Where(pair => firsts.ContainsKey(pair.First))];
        if (both.Length == 0) throw new InvalidDataException("The runs have no query in common; --complete counts what they lack as 0.");
        double[] values = [.. both.Select(pair => pair.Value)], bases = [.. both.Select(pair => firsts[pair.Query])];
        return new Difference(measure, both.Length, Bootstrap.OfDifference(values, bases, cancellation), PairedTest.PValue(values, bases, cancellation),
            values.Zip(bases).Count(pair => pair.First > pair.Second), values.Zip(bases).Count(pair => pair.First < pair.Second));
    }
}
