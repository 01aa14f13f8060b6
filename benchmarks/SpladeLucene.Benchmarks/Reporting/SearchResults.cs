using System.Globalization;
using SpladeLucene.Benchmarks.Collections;
using SpladeLucene.Benchmarks.Engines;

namespace SpladeLucene.Benchmarks.Reporting;

/// <summary>What was measured on one collection. What comes in is said on the error stream at once.</summary>
internal sealed class SearchResults(
    CollectionFile collection, IReadOnlyList<IReadOnlyDictionary<string, int>> queries, IReadOnlyList<int> wanted)
{
    /// <summary>The economy that saves nothing, which the others are compared with: it takes turns with them.</summary>
    public const string Exact = "exact";

    private readonly List<Timing> _timings = [];
    private readonly List<BuildResult> _builds = [];
    private readonly List<Timing> _economies = [];
    private readonly Dictionary<(string Economy, int Wanted), double> _recalls = [];

    public CollectionFile Collection { get; } = collection;

    public IReadOnlyList<IReadOnlyDictionary<string, int>> Queries { get; } = queries;

    public IReadOnlyList<int> Wanted { get; } = wanted;

    public IReadOnlyList<BuildResult> Builds => _builds;

    public IReadOnlyList<Timing> Economies => _economies;

    /// <summary>Whether everything was run that was to be run.</summary>
    public bool IsComplete { get; set; }

    public bool AllAgree => Wanted.All(Agree);

    public void Built(BuildResult build)
    {
        _builds.Add(build);
        Say($"{build.Speed:0} million postings a second, {build.Stated / (double)build.Postings:0.00} bytes each");
    }

    /// <summary>Takes a timing. Of several of one engine the quietest stays.</summary>
    public void Timed(Timing timing) => Keep(_timings, timing);

    /// <inheritdoc cref="Timed"/>
    public void Economized(Timing timing) => Keep(_economies, timing);

    public void Recalled(string economy, int wanted, double recall)
    {
        _recalls[(economy, wanted)] = recall;
        Say($"finds {recall:P2} of the exact hits");
    }

    /// <summary>The share of the exact hits that an economy finds.</summary>
    public double RecallOf(Timing economy) => _recalls[(economy.Engine, economy.Wanted)];

    private static void Keep(List<Timing> timings, Timing timing)
    {
        Say(timing);
        int before = timings.FindIndex(other => (other.Engine, other.Wanted) == (timing.Engine, timing.Wanted));
        if (before < 0) timings.Add(timing);
        else if (timing.Mean < timings[before].Mean) timings[before] = timing;
    }

    /// <summary>Whether all engines returned the same scores.</summary>
    public bool Agree(int k) => Of(k).DistinctBy(timing => timing.ScoreSum).Count() <= 1;

    public IEnumerable<Timing> Of(int k) => _timings.Where(timing => timing.Wanted == k);

    /// <summary>The least mean of the engines whose names begin like that; null where none ran.</summary>
    public double? Best(int k, params string[] prefixes) => Of(k)
        .Where(timing => prefixes.Any(prefix => timing.Engine.StartsWith(prefix, StringComparison.Ordinal)))
        .Min(timing => (double?)timing.Mean);

    public Timing? Of(int k, string engine) => Of(k).FirstOrDefault(timing => timing.Engine == engine);

    private static void Say(Timing t)
    {
        string percentiles = string.Create(
            CultureInfo.InvariantCulture, $"p50 {t.P50:N0}, p95 {t.P95:N0}, p99 {t.P99:N0}");
        Say($"{t.Engine}, k = {t.Wanted}: {t.Mean:N0} µs a query ({percentiles}), {1e6 / t.Mean:N0} queries a second");
    }

    private static void Say(FormattableString line) =>
        Console.Error.WriteLine("    " + line.ToString(CultureInfo.InvariantCulture));
}
