using Lucene.Net.Search;
using SpladeLucene.Benchmarks.Reporting;

namespace SpladeLucene.Benchmarks.Compositions;

/// <summary>The times of compositions in our searcher and in an ordinary one.</summary>
/// <param name="Queries">How many queries ours ran.</param>
/// <param name="PlainQueries">How many of them, the first, the ordinary searcher ran too.</param>
/// <param name="All">A timing for each composition, in their order.</param>
internal sealed record CompositionTimings(int Queries, int PlainQueries, IReadOnlyList<CompositionTiming> All)
{
    /// <param name="compositions">What is measured.</param>
    /// <param name="ours">Runs all of them.</param>
    /// <param name="plain">Runs those that are <see cref="Composition.IsPlain"/>, for a quarter of the queries: it is many times
    /// slower, and fewer queries tell enough. Both make as many passes, as the least of fewer passes is larger.</param>
    /// <param name="queries">How many queries there are.</param>
    /// <param name="repeats">Passes that count, after one that doesn't.</param>
    /// <param name="cancellation">Ends it.</param>
    public static CompositionTimings Measure(IReadOnlyList<Composition> compositions, SpladeSearcher ours, IndexSearcher plain,
        int queries, int repeats, CancellationToken cancellation)
    {
        int few = Math.Max(1, queries / 4);
        Composition[] both = [.. compositions.Where(composition => composition.IsPlain)];
        Measured[] own = [.. Measure(compositions, ours, queries, repeats, cancellation)];
        Dictionary<Composition, double> theirs = both.Zip(Measure(both, plain, few, repeats, cancellation))
            .ToDictionary(pair => pair.First, pair => pair.Second.MeanOf(few));
        return new CompositionTimings(queries, few, [.. compositions.Zip(own, (composition, measured) =>
            new CompositionTiming(composition, measured.MeanOf(queries), measured.Hits / queries)
            {
                PlainTime = composition.IsPlain ? theirs[composition] : null,
                TimeBesidePlain = composition.IsPlain ? measured.MeanOf(few) : null,
            })]);
    }

    private static Measured[] Measure(IReadOnlyList<Composition> compositions, IndexSearcher searcher, int queries, int repeats,
        CancellationToken cancellation)
    {
        Measured[] measured = [.. compositions.Select(_ => new Measured(queries))];
        var progress = ProgressLine.Of("queries", (repeats + 1L) * queries);
        // The first pass is not counted.
        for (int pass = 0; pass <= repeats; pass++)
        {
            for (int query = 0; query < queries; query++)
            {
                cancellation.ThrowIfCancellationRequested();
                for (int i = 0; i < compositions.Count; i++)
                {
                    TimeSpan started = Environment.CpuUsage.TotalTime;
                    Found found = compositions[i].Search(searcher, query);
                    double time = (Environment.CpuUsage.TotalTime - started).TotalMicroseconds;
                    if (pass == 0) measured[i].Hits += found.Total;
                    else measured[i].Take(query, time);
                }

                progress.Report(((long)pass * queries) + query + 1);
            }
        }

        progress.Finish();
        return measured;
    }

    /// <summary>What one composition took in one searcher.</summary>
    private sealed class Measured(int queries)
    {
        private readonly double[] _least = [.. Enumerable.Repeat(double.PositiveInfinity, queries)];

        public double Hits { get; set; }

        public void Take(int query, double time) => _least[query] = Math.Min(_least[query], time);

        public double MeanOf(int first) => _least.Take(first).Average();
    }
}
