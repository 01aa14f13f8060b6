using System.Runtime.CompilerServices;
using Lucene.Net.Documents;
using Lucene.Net.Util;

namespace Lucene.Net.Index;

// A view of an index that does not change. Counted by reference: the last DecRef closes it.
public abstract partial class IndexReader : IDisposable
{
    private readonly object _closing = new();
    private readonly List<IReaderDisposedListener> _listeners = [];
    private readonly List<WeakReference<IndexReader>> _parents = [];
    private int _refCount = 1;
    private bool _disposed;
    private bool _closedByChild;

    private protected IndexReader()
    {
    }

    public int RefCount => Volatile.Read(ref _refCount);

    public abstract int NumDocs { get; }

    public abstract int MaxDoc { get; }

    public int NumDeletedDocs => MaxDoc - NumDocs;

    public virtual bool HasDeletions => NumDeletedDocs > 0;

    public abstract IndexReaderContext Context { get; }

    public IList<AtomicReaderContext> Leaves => Context.Leaves;

    // The same object for all readers of the same documents and terms, whatever is deleted in them.
    public virtual object CoreCacheKey => this;

    public abstract int DocFreq(Term term);

    public abstract long TotalTermFreq(Term term);

    public abstract int GetDocCount(string field);

    public abstract long GetSumDocFreq(string field);

    public abstract long GetSumTotalTermFreq(string field);

    public abstract Fields GetTermVectors(int docID);

    public Terms GetTermVector(int docID, string field) => GetTermVectors(docID)?.GetTerms(field);

    public abstract void Document(int docID, StoredFieldVisitor visitor);

    public Document Document(int docID) => Document(docID, (ISet<string>?)null);

    public Document Document(int docID, ISet<string> fieldsToLoad)
    {
        var builder = new DocumentBuilder(fieldsToLoad);
        Document(docID, builder);
        return builder.Document;
    }

    public sealed override bool Equals(object obj) => ReferenceEquals(this, obj);

    public sealed override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
