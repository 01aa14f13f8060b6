using Lucene.Net.Util;

namespace Lucene.Net.Index;

// A reader that is one whole: a segment, or something that looks like one.
public abstract class AtomicReader : IndexReader
{
    private readonly AtomicReaderContext _context;

    protected AtomicReader()
    {
        _context = new AtomicReaderContext(this);
    }

    public sealed override IndexReaderContext Context => AtomicContext;

    public AtomicReaderContext AtomicContext
    {
        get
        {
            EnsureOpen();
            return _context;
        }
    }

    public abstract FieldInfos FieldInfos { get; }

    public abstract Fields Fields { get; }

    // Null where no document is deleted.
    public abstract IBits LiveDocs { get; }

    public abstract NumericDocValues GetNumericDocValues(string field);

    public abstract BinaryDocValues GetBinaryDocValues(string field);

    public abstract SortedDocValues GetSortedDocValues(string field);

    public abstract SortedSetDocValues GetSortedSetDocValues(string field);

    public abstract IBits GetDocsWithField(string field);

    public abstract NumericDocValues GetNormValues(string field);

    public abstract void CheckIntegrity();

    public Terms GetTerms(string field) => Fields?.GetTerms(field);

    public DocsEnum GetTermDocsEnum(Term term) => Seek(term)?.Docs(LiveDocs, null);

    public DocsAndPositionsEnum GetTermPositionsEnum(Term term) => Seek(term)?.DocsAndPositions(LiveDocs, null);

    public sealed override int DocFreq(Term term) => Seek(term)?.DocFreq ?? 0;

    public sealed override long TotalTermFreq(Term term) => Seek(term)?.TotalTermFreq ?? 0;

    public sealed override int GetDocCount(string field) => GetTerms(field)?.DocCount ?? 0;

    public sealed override long GetSumDocFreq(string field) => GetTerms(field)?.SumDocFreq ?? 0;

    public sealed override long GetSumTotalTermFreq(string field) => GetTerms(field)?.SumTotalTermFreq ?? 0;

    internal TermsEnum? Seek(Term term)
    {
        TermsEnum? terms = GetTerms(term.Field)?.GetEnumerator();
        return terms is not null && terms.SeekExact(term.Bytes) ? terms : null;
    }
}
