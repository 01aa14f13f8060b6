using SpladeLucene.Benchmarks.Engines;

namespace SpladeLucene.Benchmarks.Reporting;

/// <summary>How times grow from one collection to the last of a run.</summary>
internal static class GrowthTable
{
    /// <returns>Markdown; empty where there is but one collection.</returns>
    public static string Render(IReadOnlyList<SearchResults> all)
    {
        if (all.Count < 2) return "";
        var text = new Markdown();
        SearchResults last = all[^1];
        text.Table($"Up to {last.Collection.Name}, in the same run",
            "from", "k", "engine", "mean there", "mean here", "times");
        foreach (SearchResults first in all.SkipLast(1))
        {
            foreach (Timing here in last.Wanted.SelectMany(last.Of))
            {
                if (first.Of(here.Wanted, here.Engine) is not { } there) continue;
                text.Row(first.Collection.Name, Markdown.Number(here.Wanted, "0"), here.Engine,
                    Markdown.Number(there.Mean, "N0"), Markdown.Number(here.Mean, "N0"),
                    Markdown.Number(here.Mean / there.Mean, "0.00"));
            }
        }

        return text.ToString();
    }
}
