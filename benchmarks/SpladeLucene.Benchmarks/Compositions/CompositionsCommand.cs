using System.CommandLine;
using static SpladeLucene.Benchmarks.BenchmarkOptions;

namespace SpladeLucene.Benchmarks.Compositions;

/// <summary>The words of the command line <c>compositions</c>, and what they ask for.</summary>
internal sealed class CompositionsCommand
{
    public const string Name = "compositions";

    private static readonly CompositionArguments Defaults = new();

    private readonly Option<int> _documents = Number("--documents", 100, Defaults.Documents, "Documents to generate.");
    private readonly Option<ulong> _seed = new("--seed")
    {
        HelpName = "N", DefaultValueFactory = _ => Defaults.Seed, Description = "Another number gives another collection.",
    };
    private readonly Option<int> _queries = Number("--queries", 1, Defaults.Queries, "At most so many queries.");
    private readonly Option<int> _repeats = Number("--repeats", 1, Defaults.Repeats,
        "Passes over the queries; the least time of each query counts.");
    private readonly Option<int> _compared = Number("--compared", 1, Defaults.Compared,
        "Queries whose hits are compared with those over Lucene's postings.");
    private readonly Option<float> _floor = new("--floor")
    {
        HelpName = "SHARE", DefaultValueFactory = _ => Defaults.Floor,
        Description = "What a hit has to score, as a share of the tenth-best's score.",
    };
    private readonly Option<string> _work = Folder("--work", Defaults.Work,
        "Where the collection and its index are made and found again.");
    private readonly Option<string> _results = Folder("--results", Defaults.Results, "Where the table goes.");

    public CompositionsCommand() => Root = new RootCommand(
        "A SPLADE query as applications use it, beside BM25, sorted, filtered and collected: times, and that the hits are those "
        + "that Lucene's postings give.")
    {
        _documents, _seed, _queries, _repeats, _compared, _floor, _work, _results,
    };

    public RootCommand Root { get; }

    /// <summary>What is asked for; the line must have no errors.</summary>
    public CompositionArguments ArgumentsOf(ParseResult parsed) => new()
    {
        Documents = parsed.GetValue(_documents),
        Seed = parsed.GetValue(_seed),
        Queries = parsed.GetValue(_queries),
        Repeats = parsed.GetValue(_repeats),
        Compared = parsed.GetValue(_compared),
        Floor = parsed.GetValue(_floor),
        Work = parsed.GetRequiredValue(_work),
        Results = parsed.GetRequiredValue(_results),
    };
}
