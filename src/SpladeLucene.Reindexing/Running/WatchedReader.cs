using Lucene.Net.Index;
using SpladeLucene.Reindexing.Source;

namespace SpladeLucene.Reindexing.Running;

/// <summary>
/// A segment as it is, whose merge can be watched and ended: AddIndexes offers neither. Every document and every term is a
/// step. Terms that don't ascend end it too: it wouldn't end by itself.
/// </summary>
internal sealed class WatchedReader(AtomicReader segment, MergeWatch watch) : FilterAtomicReader(segment)
{
    public override Fields? Fields => base.Fields is { } fields ? new WatchedFields(fields, watch) : null;

    public override void Document(int docID, StoredFieldVisitor visitor)
    {
        watch.StepDocument();
        base.Document(docID, visitor);
    }

    private sealed class WatchedFields(Fields fields, MergeWatch watch) : FilterFields(fields)
    {
        public override Terms? GetTerms(string field) =>
            base.GetTerms(field) is { } terms ? new WatchedTerms(field, terms, watch) : null;
    }

    private sealed class WatchedTerms(string field, Terms terms, MergeWatch watch) : FilterTerms(terms)
    {
        public override TermsEnum GetEnumerator() => new WatchedTermsEnum(field, base.GetEnumerator(), watch);

        public override TermsEnum GetEnumerator(TermsEnum reuse) => GetEnumerator();
    }

    private sealed class WatchedTermsEnum(string field, TermsEnum terms, MergeWatch watch) : FilterTermsEnum(terms)
    {
        private readonly TermOrder _order = new(field, terms.Comparer);

        public override bool MoveNext()
        {
            if (!base.MoveNext()) return false;
            _order.Require(Term);
            watch.Step(DocFreq);
            return true;
        }
    }
}

/// <summary>Counts the steps of a merge, one a posting and more a document, and ends it when asked to. For one thread.</summary>
internal sealed class MergeWatch
{
    // Copying a document's stored values takes about as long as so many postings.
    private const int StepsOfADocument = 64;

    private const int StepsBetweenReports = 1 << 14;

    private readonly Action<double> _report;
    private readonly CancellationToken _cancellation;
    private readonly long _total;
    private long _done;
    private long _reported;

    /// <param name="segments">What will be merged.</param>
    /// <param name="documents">How many documents' stored values.</param>
    /// <param name="report">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Ends the merge.</param>
    public MergeWatch(IEnumerable<AtomicReader> segments, int documents, Action<double> report, CancellationToken cancellation)
    {
        (_report, _cancellation) = (report, cancellation);
        _total = (long)documents * StepsOfADocument;
        foreach (AtomicReader segment in segments)
        {
            // Segments of the 3.x codec don't know their postings: -1.
            foreach (string name in segment.Fields ?? Enumerable.Empty<string>())
                _total += Math.Max(0, segment.GetTerms(name)?.SumDocFreq ?? 0);
        }
    }

    public void StepDocument() => Step(StepsOfADocument);

    public void Step(int steps)
    {
        _cancellation.ThrowIfCancellationRequested();
        _done += steps;
        if (_done - _reported < StepsBetweenReports) return;
        _reported = _done;
        _report(_total == 0 ? 1 : Math.Min(1, (double)_done / _total));
    }
}
