namespace SpladeLucene;

/// <summary>What a <see cref="SpladeSearcher"/> works with.</summary>
public sealed record SpladeSearcherOptions
{
    /// <summary>
    /// Where the impacts of segments are kept; share one between all searchers. Default:
    /// <see cref="ImpactCache.Shared"/>.
    /// </summary>
    public ImpactCache Impacts
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = ImpactCache.Shared;

    /// <summary>
    /// How many segments of one search are searched at a time, at least 1. Default: 1, which is best where as many
    /// searches run at once as there are processors. It holds for searches for a <see cref="SpladeQuery"/> by itself, and for
    /// finding the hits over a floor; hybrid searches, Boolean queries, sorts and collectors go on one thread.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int DegreeOfParallelism
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 1;

    /// <summary>Where segments run that are searched at a time. Default: <see cref="TaskScheduler.Default"/>.</summary>
    public TaskScheduler Scheduler
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = TaskScheduler.Default;

    /// <summary>
    /// How plain <c>Search</c> and <c>SearchAfter</c> for a <see cref="SpladeQuery"/> by itself are done. Of it, hybrid searches,
    /// Boolean queries, sorts and collectors, which are exact in any case, heed <see cref="SearchAlgorithm.Postings"/> alone. Default: exact
    /// in every respect.
    /// </summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public SpladeSearchOptions Search
    {
        get;
        init => field = (value ?? throw new ArgumentNullException(nameof(value))).Checked(nameof(value));
    } = new();
}
