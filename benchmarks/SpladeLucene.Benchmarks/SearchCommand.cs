using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SpladeLucene.Benchmarks.Collections;
using static SpladeLucene.Benchmarks.BenchmarkOptions;

namespace SpladeLucene.Benchmarks;

/// <summary>The words of the command line, and what they ask for.</summary>
internal sealed class SearchCommand
{
    private static readonly SearchArguments Defaults = new();

    private readonly Option<string?> _spv = Text("--spv", "FILE", "A collection as this program writes it.");
    private readonly Option<string?> _jsonl = Text("--jsonl", "FILE", """{"id":..,"vector":{term:weight}} a line, .gz too.""");
    private readonly Option<string?> _queries = Text("--queries", "FILE",
        "A query a line: id TAB term:weight term:weight ..., or .jsonl.");
    private readonly Option<IReadOnlyList<int?>> _documents = new("--documents")
    {
        HelpName = "N,N,real", DefaultValueFactory = _ => Defaults.Documents, CustomParser = Sizes,
        Description = "Documents to generate; several sizes with commas between show how times grow; real: the vectors "
            + "of --vectors themselves, one a document.",
    };
    private readonly Option<ulong> _seed = new("--seed")
    {
        HelpName = "N", DefaultValueFactory = _ => SearchArguments.DefaultSeed,
        Description = "Another number gives another collection.",
    };
    private readonly Option<DocumentOrder> _order = new("--order")
    {
        HelpName = "random|clustered", Description = "Clustered: neighbouring documents are alike.",
    };
    private readonly Option<string?> _vectors = Text("--vectors", "FILE",
        "Real query vectors to generate from, 'set TAB id TAB term:weight ...' a line, .xz too; default: those in "
        + "SPLADE_TEST_DATA, else synthetic. synthetic: none.");
    private readonly Option<IReadOnlyList<int>> _wanted = new("--k")
    {
        HelpName = "N,N", DefaultValueFactory = _ => Defaults.Wanted, CustomParser = Counts,
        Description = "How many hits are wanted.",
    };
    private readonly Option<string> _work = Folder("--work", Defaults.Work,
        "Where collections and indexes are made and found again.");
    private readonly Option<string?> _java = Text("--java", "DIR",
        "A folder with SpladeLucene8.class and lucene-core-8.jar: Java Lucene 8 takes part.");
    private readonly Option<string?> _cpp = Text("--cpp", "BINARY", "sparse_bench: the C++ engines take part.");
    private readonly Option<int> _block = Number("--block", 1, Defaults.Block, "The C++ engines' block size.");
    private readonly Option<int> _warm = Number("--warm", 0, Defaults.Warm,
        "Queries that are not timed, 150 or more for figures to go by; 0 for none.");
    private readonly Option<int> _repeats = Number("--repeats", 1, Defaults.Repeats,
        "Passes over the queries; the one with the least mean counts.");
    private readonly Option<int> _limit = Number("--limit", 1, Defaults.Limit, "At most so many queries.");
    private readonly Option<string> _results = Folder("--results", Defaults.Results, "Where the tables go.");

    public SearchCommand()
    {
        Root = new RootCommand("Exact top-k search: times, and that all engines return the same scores. A collection is "
            + "generated (--documents) or given (--spv or --jsonl, with --queries).")
        {
            _documents, _seed, _order, _vectors, _spv, _jsonl, _queries, _wanted, _work, _java, _cpp, _block, _warm,
            _repeats, _limit, _results,
        };
        Root.Validators.Add(Check);
    }

    public RootCommand Root { get; }

    /// <summary>What is asked for; the line must have no errors.</summary>
    public SearchArguments ArgumentsOf(ParseResult parsed) => new()
    {
        Collection = parsed.GetValue(_spv) ?? parsed.GetValue(_jsonl),
        Queries = parsed.GetValue(_queries),
        Documents = parsed.GetRequiredValue(_documents),
        Seed = parsed.GetValue(_seed),
        Order = parsed.GetValue(_order),
        Vectors = VectorsOf(parsed.GetValue(_vectors)),
        Wanted = parsed.GetRequiredValue(_wanted),
        Work = parsed.GetRequiredValue(_work),
        Java = parsed.GetValue(_java),
        Cpp = parsed.GetValue(_cpp),
        Block = parsed.GetValue(_block),
        Warm = parsed.GetValue(_warm),
        Repeats = parsed.GetValue(_repeats),
        Limit = parsed.GetValue(_limit),
        Results = parsed.GetRequiredValue(_results),
    };

    // Looks at the words alone: what can't be read as a value is complained of by its option.
    private void Check(CommandResult line)
    {
        string? Given(Option option) => line.GetResult(option) is { Tokens: [var word] } ? word.Value : null;
        bool IsGiven(Option option) => line.GetResult(option) is { Tokens.Count: > 0 };
        string? collection = Given(_spv) ?? Given(_jsonl), queries = Given(_queries), documents = Given(_documents);
        string? vectors = VectorsOf(Given(_vectors));
        bool real = documents?.Split(',').Contains("real", StringComparer.Ordinal) == true;
        if (collection is null != queries is null) line.AddError("A collection and its --queries are given together.");
        if (IsGiven(_spv) && IsGiven(_jsonl)) line.AddError("--spv and --jsonl are two collections: give one of them.");
        if (Given(_jsonl) is { } lines && !CollectionFile.IsJsonLines(lines))
            line.AddError($"--jsonl takes a file whose name ends in .jsonl or .jsonl.gz, not {lines}.");
        foreach (Option option in new Option[] { _documents, _seed, _order, _vectors }.Where(_ => collection is not null))
            if (IsGiven(option)) line.AddError($"{option.Name} is for generated collections, and one is given.");
        if (IsGiven(_block) && !IsGiven(_cpp)) line.AddError("--block is for the C++ engines: it goes with --cpp.");
        if (Given(_java) is { } java && !File.Exists(Path.Combine(java, "SpladeLucene8.class")))
            line.AddError($"There is no SpladeLucene8.class in {java}, which --java names.");
        if (real && vectors is null) line.AddError("--documents real needs --vectors FILE.");
        if (real && string.Equals(Given(_order), "clustered", StringComparison.OrdinalIgnoreCase))
            line.AddError("--documents real comes in random order only.");
        foreach (string file in new[] { collection, queries, vectors, Given(_cpp) }.OfType<string>())
            if (!File.Exists(file)) line.AddError($"There is no file {file}.");
    }

    // By default the real vectors among the test inputs, where there are any.
    private static string? VectorsOf(string? asked)
    {
        if (asked is not null) return asked == "synthetic" ? null : asked;
        return Environment.GetEnvironmentVariable("SPLADE_TEST_DATA") is { Length: > 0 } data
            && Path.Combine(data, "vectors", "splade-pp-ed.queries.txt.xz") is { } file && File.Exists(file) ? file : null;
    }

    private static IReadOnlyList<int?> Sizes(ArgumentResult given) =>
        [.. Parts(given).Select(text => text == "real" ? null : Whole(given, text))];

    private static IReadOnlyList<int> Counts(ArgumentResult given) =>
        [.. Parts(given).Select(text => Whole(given, text) ?? 0)];

    private static string[] Parts(ArgumentResult given) => [.. given.Tokens.SelectMany(token => token.Value.Split(','))];

    private static int? Whole(ArgumentResult given, string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1) return number;
        given.AddError($"whole numbers from 1 on are expected, not '{text}'.");
        return 0;
    }

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description };
}
