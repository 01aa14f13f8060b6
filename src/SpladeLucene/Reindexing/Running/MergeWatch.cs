using Lucene.Net.Index;

namespace SpladeLucene.Reindexing.Running;

/// <summary>Counts the steps of a merge, a document or a posting each, and ends it when asked to. For one thread.</summary>
internal sealed class MergeWatch
{
    private const int StepsBetweenReports = 1 << 14;

    private readonly Action<double> _report;
    private readonly CancellationToken _cancellation;
    private readonly long _total;
    private long _done;
    private long _reported;

    /// <param name="segments">What will be merged.</param>
    /// <param name="report">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Ends the merge.</param>
    public MergeWatch(IEnumerable<AtomicReader> segments, Action<double> report, CancellationToken cancellation)
    {
        (_report, _cancellation) = (report, cancellation);
        foreach (AtomicReader segment in segments)
        {
            _total += segment.MaxDoc;
            // Segments of the 3.x codec don't know their postings: -1.
            foreach (string name in segment.Fields ?? Enumerable.Empty<string>())
                _total += Math.Max(0, segment.GetTerms(name)?.SumDocFreq ?? 0);
        }
    }

    public void Step(int steps)
    {
        _cancellation.ThrowIfCancellationRequested();
        _done += steps;
        if (_done - _reported < StepsBetweenReports) return;
        _reported = _done;
        _report(_total == 0 ? 1 : Math.Min(1, (double)_done / _total));
    }
}
