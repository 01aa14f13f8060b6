namespace Lucene.Net.Index;

// A reader made of readers, whose documents follow each other.
public abstract class CompositeReader : IndexReader
{
    private CompositeReaderContext? _context;

    private protected CompositeReader()
    {
    }

    public sealed override IndexReaderContext Context
    {
        get
        {
            EnsureOpen();
            return _context ??= new CompositeReaderContext(this);
        }
    }

    protected internal abstract IList<IndexReader> GetSequentialSubReaders();
}

public abstract class BaseCompositeReader<R> : CompositeReader
    where R : IndexReader
{
    private readonly R[] _subReaders;
    private readonly int[] _starts;

    private protected BaseCompositeReader(R[] subReaders)
    {
        _subReaders = subReaders;
        _starts = new int[subReaders.Length];
        long maxDoc = 0;
        for (int i = 0; i < subReaders.Length; i++)
        {
            _starts[i] = (int)maxDoc;
            maxDoc += subReaders[i].MaxDoc;
            subReaders[i].RegisterParent(this);
        }
        MaxDoc = maxDoc <= int.MaxValue
            ? (int)maxDoc
            : throw new ArgumentException($"{maxDoc} documents are more than one reader can number.");
        NumDocs = subReaders.Sum(r => r.NumDocs);
    }

    public sealed override int NumDocs { get; }

    public sealed override int MaxDoc { get; }

    public sealed override int DocFreq(Term term) => Open.Sum(r => r.DocFreq(term));

    public sealed override long TotalTermFreq(Term term) => SumOfKnown(r => r.TotalTermFreq(term));

    public sealed override int GetDocCount(string field) => Open.Sum(r => r.GetDocCount(field));

    public sealed override long GetSumDocFreq(string field) => SumOfKnown(r => r.GetSumDocFreq(field));

    public sealed override long GetSumTotalTermFreq(string field) => SumOfKnown(r => r.GetSumTotalTermFreq(field));

    public sealed override void Document(int docID, StoredFieldVisitor visitor)
    {
        EnsureOpen();
        int i = IndexOf(docID);
        _subReaders[i].Document(docID - _starts[i], visitor);
    }

    public sealed override Fields GetTermVectors(int docID)
    {
        EnsureOpen();
        int i = IndexOf(docID);
        return _subReaders[i].GetTermVectors(docID - _starts[i]);
    }

    protected internal sealed override IList<IndexReader> GetSequentialSubReaders() => _subReaders;

    private protected R[] SubReaders => _subReaders;

    private R[] Open
    {
        get
        {
            EnsureOpen();
            return _subReaders;
        }
    }

    // A sum of which one part was not recorded is not known either.
    private long SumOfKnown(Func<R, long> part)
    {
        long sum = 0;
        foreach (R reader in Open)
        {
            long value = part(reader);
            if (value < 0)
            {
                return -1;
            }
            sum += value;
        }
        return sum;
    }

    private int IndexOf(int docID)
    {
        if (docID < 0 || docID >= MaxDoc)
        {
            throw new ArgumentOutOfRangeException(nameof(docID), $"Document {docID} is not in 0 to {MaxDoc - 1}.");
        }
        int found = Array.BinarySearch(_starts, docID);
        return found >= 0 ? LastStartingAt(found) : ~found - 1;
    }

    // Empty readers start where the reader after them starts.
    private int LastStartingAt(int i)
    {
        while (i + 1 < _starts.Length && _starts[i + 1] == _starts[i])
        {
            i++;
        }
        return i;
    }
}
