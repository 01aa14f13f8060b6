using System.Runtime.InteropServices;
using Lucene.Net.Index;
using SpladeLucene.Benchmarks.Collections;
using SpladeLucene.Benchmarks.Engines;

namespace SpladeLucene.Benchmarks.Reporting;

/// <summary>The results on one collection as Markdown, with the machine they were measured on.</summary>
internal sealed class ResultTable(SearchResults results)
{
    private readonly Markdown _text = new();

    public string Render()
    {
        RenderHead();
        RenderSummary();
        foreach (int k in results.Wanted) RenderTimings(k);
        RenderBuilds();
        RenderEconomies();
        return _text.ToString();
    }

    private void RenderHead()
    {
        double terms = results.Queries.Average(query => query.Count);
        string version = Machine.VersionOf(typeof(DirectoryReader)) ?? "";
        _text.Line($"# Search: {results.Collection.Name}");
        _text.Line($"");
        if (!results.IsComplete) _text.Line($"STOPPED before it was complete.");
        _text.Line($"Collection: {SpvFile.SizeOf(results.Collection.Path).Documents:N0} documents, {results.Collection.Origin}.");
        _text.Line(
            $"{Machine.Processor}, {Environment.ProcessorCount} processors; {RuntimeInformation.OSDescription};");
        _text.Line($"{RuntimeInformation.FrameworkDescription}; Lucene.Net {version}.");
        _text.Line($"{results.Queries.Count} queries of {terms:0.0} terms, one thread, all engines in one run.");
        _text.Line($"Times are microseconds a query.");
        _text.Line($"Compare ratios, not times: other work on the machine moves all times alike.");
    }

    private void RenderSummary()
    {
        _text.Table($"In short", "k", "count", "mean", "p99 / mean", "of BooleanQuery", "of the better Java",
            "of the best C++", "of the better algorithm alone");
        foreach (int k in results.Wanted)
        {
            Summarize(k, "open", LuceneEngines.Chooser, results.Best(k, LuceneEngines.Windows, LuceneEngines.BlockMax));
            Summarize(k, "exact", LuceneEngines.ExactChooser, null);
        }
    }

    private void Summarize(int k, string count, string engine, double? alone)
    {
        if (results.Of(k, engine) is not { } ours) return;
        _text.Row([Markdown.Number(k, "0"), count, Markdown.Number(ours.Mean, "N0"),
            Markdown.Number(ours.P99 / ours.Mean, "0.0"), .. Peers(k, ours), Markdown.Ratio(ours.Mean, alone)]);
    }

    private void RenderTimings(int k)
    {
        string sums = results.Agree(k) ? "equal score sums" : "SCORE SUMS DIFFER";
        _text.Table($"k = {k}, {sums}", "engine", "mean", "p50", "p95", "p99", "p99 / mean", "of BooleanQuery",
            "of the better Java", "of the best C++", "score sum");
        foreach (Timing t in results.Of(k))
        {
            string[] times = [.. new[] { t.Mean, t.P50, t.P95, t.P99 }.Select(time => Markdown.Number(time, "N0"))];
            _text.Row([t.Engine, .. times, Markdown.Number(t.P99 / t.Mean, "0.0"), .. Peers(k, t),
                Markdown.Number(t.ScoreSum, "0")]);
        }
    }

    private string[] Peers(int k, Timing timing) =>
    [
        .. new[] { LuceneEngines.Baseline, OutsideEngines.JavaPrefix, OutsideEngines.CppPrefix }
            .Select(peer => Markdown.Ratio(timing.Mean, results.Best(k, peer))),
    ];

    private void RenderBuilds()
    {
        _text.Table($"Impacts in memory", "read from", "seconds", "million postings/s",
            "bytes a posting, stated before", "after", "on the heap, measured");
        foreach (BuildResult b in results.Builds)
        {
            string Each(long bytes) => Markdown.Number(bytes / (double)b.Postings, "0.00");
            _text.Row(b.Name, Markdown.Number(b.Time.TotalSeconds, "0.00"), Markdown.Number(b.Speed, "0"),
                Each(b.Estimated), Each(b.Stated), Each(b.Measured));
        }
    }

    private void RenderEconomies()
    {
        _text.Table($"Approximate searches: what they save and what they lose",
            "economy", "k", "mean", "share of the exact time", "of the exact hits found");
        foreach (Timing t in results.Economies)
        {
            Timing exact = results.Economies.First(other => other is { Engine: SearchResults.Exact } && other.Wanted == t.Wanted);
            _text.Row(t.Engine, Markdown.Number(t.Wanted, "0"), Markdown.Number(t.Mean, "N0"),
                Markdown.Ratio(t.Mean, exact.Mean), Markdown.Number(results.RecallOf(t), "0.0000"));
        }
    }
}
