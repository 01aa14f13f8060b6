using System.Globalization;
using SpladeLucene.Benchmarks.Collections;

namespace SpladeLucene.Benchmarks;

internal sealed partial record SearchArguments
{
    /// <exception cref="ArgumentException">An option is unknown, lacks its value, or its value can't be.</exception>
    public static SearchArguments Parse(ReadOnlySpan<string> args)
    {
        Dictionary<string, string> given = Pairs(args);
        string? Take(string option) => given.Remove(option, out string? value) ? value : null;
        int Number(string option, int least, int otherwise) =>
            Take(option) is { } value ? Whole(option, value, least) : otherwise;
        var defaults = new SearchArguments();
        string? documents = Take("--documents"), vectors = Take("--vectors");
        var parsed = new SearchArguments
        {
            Collection = Take("--spv") ?? Take("--jsonl"),
            Queries = Take("--queries"),
            Documents = documents is null ? defaults.Documents : [.. documents.Split(',').Select(CountOf)],
            Seed = Take("--seed") is { } seed ? SeedOf(seed) : DefaultSeed,
            Order = Take("--order") is { } order ? OrderOf(order) : DocumentOrder.Random,
            Vectors = vectors switch { null => VectorsOfEnvironment(), "synthetic" => null, _ => vectors },
            Wanted = Take("--k") is { } k ? [.. k.Split(',').Select(text => Whole("--k", text, 1))] : defaults.Wanted,
            Work = Take("--work") ?? defaults.Work,
            Java = Take("--java"),
            Cpp = Take("--cpp"),
            Block = Number("--block", 1, defaults.Block),
            Warm = Number("--warm", 0, defaults.Warm),
            Repeats = Number("--repeats", 1, defaults.Repeats),
            Limit = Number("--limit", 1, defaults.Limit),
            Results = Take("--results") ?? defaults.Results,
        };
        if (given.Count > 0) throw new ArgumentException($"There is no option {given.Keys.First()}.");
        parsed.Check(documents is not null);
        return parsed;
    }

    private void Check(bool generates)
    {
        if (Collection is null != Queries is null)
            throw new ArgumentException("A collection and its --queries are given together.");
        if (Collection is not null && generates)
            throw new ArgumentException("--documents is for generated collections, and one is given.");
        if (Documents.Contains(null) && Vectors is null)
            throw new ArgumentException("--documents real needs --vectors FILE.");
        if (Documents.Contains(null) && Order != DocumentOrder.Random)
            throw new ArgumentException("--documents real comes in random order only.");
        foreach (string file in new[] { Collection, Queries, Vectors, Cpp }.OfType<string>())
            if (!File.Exists(file)) throw new ArgumentException($"There is no file {file}.");
    }

    private static Dictionary<string, string> Pairs(ReadOnlySpan<string> args)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) throw new ArgumentException($"The option {args[i]} has no value.");
            if (!given.TryAdd(args[i], args[i + 1])) throw new ArgumentException($"{args[i]} is given twice.");
        }

        return given;
    }

    // The real vectors among the test inputs, where there are any.
    private static string? VectorsOfEnvironment() =>
        Environment.GetEnvironmentVariable("SPLADE_TEST_DATA") is { Length: > 0 } data
        && Path.Combine(data, "vectors", "splade-pp-ed.queries.txt.xz") is { } file && File.Exists(file) ? file : null;

    private static int? CountOf(string text) => text == "real" ? null : Whole("--documents", text, 1);

    private static int Whole(string option, string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new ArgumentException($"{option} takes whole numbers from {least} on, not '{text}'.");

    private static ulong SeedOf(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : throw new ArgumentException($"--seed takes a whole number, not '{text}'.");

    private static DocumentOrder OrderOf(string text) => text switch
    {
        "random" => DocumentOrder.Random,
        "clustered" => DocumentOrder.Clustered,
        _ => throw new ArgumentException($"--order is random or clustered, not '{text}'."),
    };
}
