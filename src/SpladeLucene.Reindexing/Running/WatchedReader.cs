using Lucene.Net.Index;

namespace SpladeLucene.Reindexing.Running;

/// <summary>
/// A segment as it is, whose merge can be watched and ended: AddIndexes offers neither. Every document and every term is a
/// step.
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
            base.GetTerms(field) is { } terms ? new WatchedTerms(terms, watch) : null;
    }

    private sealed class WatchedTerms(Terms terms, MergeWatch watch) : FilterTerms(terms)
    {
        public override TermsEnum GetEnumerator() => new WatchedTermsEnum(base.GetEnumerator(), watch);

        public override TermsEnum GetEnumerator(TermsEnum reuse) => GetEnumerator();
    }

    private sealed class WatchedTermsEnum(TermsEnum terms, MergeWatch watch) : FilterTermsEnum(terms)
    {
        public override bool MoveNext()
        {
            if (!base.MoveNext()) return false;
            watch.Step(DocFreq);
            return true;
        }
    }
}
