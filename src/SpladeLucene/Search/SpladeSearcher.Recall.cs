namespace SpladeLucene;

public partial class SpladeSearcher
{
    /// <summary>
    /// Says which share of the hits of an exact search another way of searching finds: the mean over all queries' hits. Each
    /// query is searched for twice; the model isn't run.
    /// </summary>
    /// <param name="queries">Such as the application has them; a hundred give a figure to go by.</param>
    /// <param name="n">How many hits are wanted of each, at least 1.</param>
    /// <param name="options">The way, such as one with an <see cref="SpladeSearchOptions.Approximation"/>.</param>
    /// <param name="cancellationToken">Stops it between two queries.</param>
    /// <returns>0 to 1; 1 also where no query has a hit.</returns>
    /// <exception cref="ArgumentException"><paramref name="n"/> is not positive, or the options contradict each other.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public double MeasureRecall(
        IEnumerable<SpladeQuery> queries, int n, SpladeSearchOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(options);
        RequireWanted(n);
        options.Checked(nameof(options));
        var exact = new SpladeSearchOptions { CountAllHits = false };
        long wanted = 0, found = 0;
        foreach (SpladeQuery query in queries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var best = SearchTop(query, n, options: exact).ScoreDocs.Select(hit => hit.Doc).ToHashSet();
            wanted += best.Count;
            found += SearchTop(query, n, options: options).ScoreDocs.Count(hit => best.Contains(hit.Doc));
        }

        return wanted == 0 ? 1 : (double)found / wanted;
    }
}
