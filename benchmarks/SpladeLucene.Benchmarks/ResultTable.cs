using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Lucene.Net.Index;

namespace SpladeLucene.Benchmarks;

/// <summary>The results as Markdown, with the machine they were measured on.</summary>
internal sealed class ResultTable(
    SearchArguments arguments, IReadOnlyList<IReadOnlyDictionary<string, int>> queries)
{
    private readonly List<Timing> _timings = [];
    private readonly List<BuildResult> _builds = [];
    private readonly List<(Timing Timing, double Recall)> _economies = [];

    public void Built(BuildResult build)
    {
        _builds.Add(build);
        Console.Error.WriteLine(build);
    }

    public void Timed(Timing timing)
    {
        _timings.Add(timing);
        Console.Error.WriteLine(timing);
    }

    public void Economized((Timing Timing, double Recall) economy)
    {
        _economies.Add(economy);
        Console.Error.WriteLine(economy);
    }

    /// <returns>0, or 1 where engines disagree.</returns>
    public int Write()
    {
        string table = Render();
        Console.WriteLine(table);
        System.IO.Directory.CreateDirectory(arguments.Results);
        string cpu = string.Concat(Cpu().Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
        File.WriteAllText(Path.Combine(arguments.Results, $"search-{arguments.Name}-{cpu}.md"), table);
        return arguments.Wanted.All(Agree) ? 0 : 1;
    }

    private bool Agree(int k) => Of(k).DistinctBy(timing => timing.ScoreSum).Count() <= 1;

    private IEnumerable<Timing> Of(int k) => _timings.Where(timing => timing.Wanted == k);

    private string Render()
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        double terms = queries.Average(query => query.Count);
        Line($"# Search: {arguments.Name}");
        Line($"");
        Line($"{Cpu()}, {Environment.ProcessorCount} processors; {RuntimeInformation.OSDescription};");
        Line($"{RuntimeInformation.FrameworkDescription}; Lucene.Net {Version(typeof(DirectoryReader))}.");
        Line($"{queries.Count} queries of {terms:0.0} terms, one thread, all engines in one run.");
        Line($"Times are microseconds a query.");
        Line($"Compare ratios, not times: other work on the machine moves all times alike.");
        foreach (int k in arguments.Wanted) RenderTimings(k, Line);
        RenderBuilds(Line);
        RenderEconomies(Line);
        return text.ToString();
    }

    private void RenderTimings(int k, Action<FormattableString> line)
    {
        double? boolean = Best(k, LuceneEngines.Baseline), java = Best(k, "Java "), cpp = Best(k, "C++ ");
        line($"");
        line($"## k = {k}{(Agree(k) ? ", equal score sums" : ": SCORE SUMS DIFFER")}");
        line($"");
        line($"| engine | mean | p50 | p95 | p99 | p99 / mean | of BooleanQuery | of best Java | of best C++ | score sum |");
        line($"| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (Timing t in Of(k))
        {
            string times = string.Create(
                CultureInfo.InvariantCulture, $"{t.Mean:N0} | {t.P50:N0} | {t.P95:N0} | {t.P99:N0} | {t.P99 / t.Mean:0.0}");
            string ratios = $"{Ratio(t, boolean)} | {Ratio(t, java)} | {Ratio(t, cpp)}";
            line($"| {t.Engine} | {times} | {ratios} | {t.ScoreSum:0} |");
        }
    }

    private void RenderBuilds(Action<FormattableString> line)
    {
        line($"");
        line($"## Impacts in memory");
        line($"");
        line($"| read from | seconds | million postings/s | bytes a posting, stated before | after | measured |");
        line($"| --- | --- | --- | --- | --- | --- |");
        foreach (BuildResult b in _builds)
        {
            double postings = b.Postings, speed = postings / b.Time.TotalMicroseconds;
            string bytes = string.Create(CultureInfo.InvariantCulture,
                $"{b.Estimated / postings:0.00} | {b.Stated / postings:0.00} | {b.Measured / postings:0.00}");
            line($"| {b.Name} | {b.Time.TotalSeconds:0.00} | {speed:0} | {bytes} |");
        }
    }

    private void RenderEconomies(Action<FormattableString> line)
    {
        line($"");
        line($"## Fewer query terms: what it saves and what it loses");
        line($"");
        line($"| economy | k | mean | share of the exact time | of the exact hits found |");
        line($"| --- | --- | --- | --- | --- |");
        foreach ((Timing t, double recall) in _economies)
        {
            string share = Ratio(t, Best(t.Wanted, LuceneEngines.Chooser));
            line($"| {t.Engine} | {t.Wanted} | {t.Mean:N0} | {share} | {recall:0.0000} |");
        }
    }

    private double? Best(int k, string prefix) => Of(k)
        .Where(timing => timing.Engine.StartsWith(prefix, StringComparison.Ordinal))
        .Min(timing => (double?)timing.Mean);

    private static string Ratio(Timing timing, double? peer) => peer is not { } mean ? ""
        : timing.Mean < mean / 2 ? string.Create(CultureInfo.InvariantCulture, $"1/{mean / timing.Mean:0.0}")
        : string.Create(CultureInfo.InvariantCulture, $"{timing.Mean / mean:0.00}");

    private static string? Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    private static string Cpu() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            ?.Split(':')[1].Trim() ?? "unknown"
        : RuntimeInformation.ProcessArchitecture.ToString();
}
