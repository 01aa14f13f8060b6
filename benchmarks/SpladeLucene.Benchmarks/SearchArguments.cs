using System.Globalization;

namespace SpladeLucene.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record SearchArguments
{
    public required string Collection { get; init; }

    public required string Queries { get; init; }

    public IReadOnlyList<int> Wanted { get; init; } = [10, 100, 1000];

    public string Work { get; init; } = Path.Combine(Path.GetTempPath(), "bench-work");

    public string? Java { get; init; }

    public string? Cpp { get; init; }

    public int Block { get; init; } = 16;

    public int Warm { get; init; } = 200;

    /// <summary>Passes over the queries; the one with the least mean counts.</summary>
    public int Repeats { get; init; } = 3;

    public int Limit { get; init; } = int.MaxValue;

    public string Results { get; init; } = Path.Combine("benchmarks", "results");

    public string Name => Path.GetFileNameWithoutExtension(Collection);

    /// <exception cref="ArgumentException">An option is unknown, lacks its value or is missing.</exception>
    public static SearchArguments Parse(ReadOnlySpan<string> args)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) throw new ArgumentException($"The option {args[i]} has no value.");
            given[args[i]] = args[i + 1];
        }

        string? Take(string option) => given.Remove(option, out string? value) ? value : null;
        int Number(string option, int otherwise) =>
            Take(option) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
        var defaults = new SearchArguments { Collection = "", Queries = "" };
        var parsed = new SearchArguments
        {
            Collection = Take("--spv") ?? Take("--jsonl") ?? throw new ArgumentException("No collection is given."),
            Queries = Take("--queries") ?? throw new ArgumentException("No queries are given."),
            Wanted = Take("--k") is { } k
                ? [.. k.Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))]
                : defaults.Wanted,
            Work = Take("--work") ?? defaults.Work,
            Java = Take("--java"),
            Cpp = Take("--cpp"),
            Block = Number("--block", defaults.Block),
            Warm = Number("--warm", defaults.Warm),
            Repeats = Number("--repeats", defaults.Repeats),
            Limit = Number("--limit", defaults.Limit),
            Results = Take("--results") ?? defaults.Results,
        };
        return given.Count == 0 ? parsed : throw new ArgumentException($"There is no option {given.Keys.First()}.");
    }
}
