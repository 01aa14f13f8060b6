using System.CommandLine;
using static SpladeLucene.Benchmarks.BenchmarkOptions;

namespace SpladeLucene.Benchmarks.Throughput;

/// <summary>What the command line of the throughput asks for.</summary>
internal sealed record ThroughputArguments
{
    private static readonly string Home = AppContext.BaseDirectory;

    /// <summary>Folders of models; <see cref="ThroughputBenchmark.Generated"/> for one of BERT-base's size.</summary>
    public IReadOnlyList<string> Models { get; init; } =
    [
        Path.Combine(Home, "models", "splade-tiny-en"), Path.Combine(Home, "models", "splade-small-en"),
        ThroughputBenchmark.Generated,
    ];

    /// <summary>A collection, whose texts are encoded.</summary>
    public string Collection { get; init; } = Path.Combine(Home, "collection");

    /// <summary>About how many seconds ONNX Runtime computes a round for; it says how many texts are encoded.</summary>
    public int Seconds { get; init; } = 4;

    public int Rounds { get; init; } = 5;

    public string Work { get; init; } = new SearchArguments().Work;

    public string Results { get; init; } = new SearchArguments().Results;
}

/// <summary>The words of the command line <c>throughput</c>, and what they ask for.</summary>
internal sealed class ThroughputCommand
{
    public const string Name = "throughput";

    private static readonly ThroughputArguments Defaults = new();

    private readonly Option<string[]> _models = new("--model")
    {
        HelpName = "DIR", DefaultValueFactory = _ => [.. Defaults.Models],
        Description = $"A model's folder, or '{ThroughputBenchmark.Generated}' for one of that size with random weights; may be "
            + "repeated. Default: those that ship, and that one.",
    };
    private readonly Option<string> _collection = Folder("--collection", Defaults.Collection, "Whose texts are encoded.");
    private readonly Option<int> _seconds = Number("--seconds", 1, Defaults.Seconds,
        "About how long ONNX Runtime computes in a round.");
    private readonly Option<int> _rounds = Number("--rounds", 1, Defaults.Rounds, "The fastest of so many rounds counts.");
    private readonly Option<string> _work = Folder("--work", Defaults.Work, "Where the generated model is made and found again.");
    private readonly Option<string> _results = Folder("--results", Defaults.Results, "Where the table goes.");

    public ThroughputCommand() => Root = new RootCommand(
        "How much of ONNX Runtime's own speed an encoder has: from texts to vectors beside the runs of the same batches alone.")
    {
        _models, _collection, _seconds, _rounds, _work, _results,
    };

    public RootCommand Root { get; }

    /// <summary>What is asked for; the line must have no errors.</summary>
    public ThroughputArguments ArgumentsOf(ParseResult parsed) => new()
    {
        Models = parsed.GetRequiredValue(_models),
        Collection = parsed.GetRequiredValue(_collection),
        Seconds = parsed.GetValue(_seconds),
        Rounds = parsed.GetValue(_rounds),
        Work = parsed.GetRequiredValue(_work),
        Results = parsed.GetRequiredValue(_results),
    };
}
