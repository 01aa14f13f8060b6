using Lucene.Net.Util;

namespace Lucene.Net.Index;

// Readers of the same documents side by side: each field comes from the first reader that has it, the deletions from
// the first reader. Only the numbers of documents are compared; that they are the same documents is the caller's word.
public class ParallelAtomicReader : AtomicReader
{
    private readonly AtomicReader[] _readers;
    private readonly AtomicReader[] _storedFieldsReaders;
    private readonly bool _closesReaders;
    private readonly Dictionary<string, AtomicReader> _readerOf = [];
    private readonly ParallelFields _fields = new();

    public ParallelAtomicReader(params AtomicReader[] readers) : this(true, readers)
    {
    }

    public ParallelAtomicReader(bool closeSubReaders, params AtomicReader[] readers)
        : this(closeSubReaders, readers, readers)
    {
    }

    // Stored values come from storedFieldsReaders, which are among the readers.
    public ParallelAtomicReader(bool closeSubReaders, AtomicReader[] readers, AtomicReader[] storedFieldsReaders)
    {
        _storedFieldsReaders = [.. storedFieldsReaders.Distinct()];
        _closesReaders = closeSubReaders;
        _readers = [.. readers.Distinct()];
        foreach (AtomicReader reader in _readers)
        {
            Add(reader);
        }
        foreach (AtomicReader reader in _readers)
        {
            if (!closeSubReaders)
            {
                reader.IncRef();
            }
            reader.RegisterParent(this);
        }
    }

    public override int NumDocs => _readers is [{ } first, ..] ? first.NumDocs : 0;

    public override int MaxDoc => _readers is [{ } first, ..] ? first.MaxDoc : 0;

    public override FieldInfos FieldInfos { get; } = new();

    public override Fields Fields
    {
        get
        {
            EnsureOpen();
            return _fields;
        }
    }

    public override IBits LiveDocs
    {
        get
        {
            EnsureOpen();
            return _readers is [{ } first, ..] ? first.LiveDocs : null;
        }
    }

    public override void Document(int docID, StoredFieldVisitor visitor)
    {
        EnsureOpen();
        Array.ForEach(_storedFieldsReaders, reader => reader.Document(docID, visitor));
    }

    public override Fields GetTermVectors(int docID)
    {
        EnsureOpen();
        var vectors = new ParallelFields();
        foreach ((string name, AtomicReader reader) in _readerOf)
        {
            vectors.AddIfAny(name, reader.GetTermVector(docID, name));
        }
        return vectors.Count == 0 ? null : vectors;
    }

    public override NumericDocValues GetNumericDocValues(string field) => ReaderOf(field)?.GetNumericDocValues(field);

    public override BinaryDocValues GetBinaryDocValues(string field) => ReaderOf(field)?.GetBinaryDocValues(field);

    public override SortedDocValues GetSortedDocValues(string field) => ReaderOf(field)?.GetSortedDocValues(field);

    public override SortedSetDocValues GetSortedSetDocValues(string field) =>
        ReaderOf(field)?.GetSortedSetDocValues(field);

    public override IBits GetDocsWithField(string field) => ReaderOf(field)?.GetDocsWithField(field);

    public override NumericDocValues GetNormValues(string field) => ReaderOf(field)?.GetNormValues(field);

    public override void CheckIntegrity() => Array.ForEach(_readers, reader => reader.CheckIntegrity());

    protected internal override void DoClose() =>
        Array.ForEach(_readers, _closesReaders ? reader => reader.Dispose() : reader => reader.DecRef());

    private void Add(AtomicReader reader)
    {
        if (reader.MaxDoc != MaxDoc)
        {
            throw new ArgumentException($"One reader has {MaxDoc} documents, another one {reader.MaxDoc}.");
        }
        foreach (FieldInfo info in reader.FieldInfos)
        {
            if (_readerOf.TryAdd(info.Name, reader))
            {
                FieldInfos.GetOrAdd(info.Name).Add(info);
                _fields.AddIfAny(info.Name, reader.GetTerms(info.Name));
            }
        }
    }

    private AtomicReader? ReaderOf(string field)
    {
        EnsureOpen();
        return _readerOf.GetValueOrDefault(field);
    }

    private sealed class ParallelFields : Fields
    {
        private readonly SortedDictionary<string, Terms> _terms = new(StringComparer.Ordinal);

        public override int Count => _terms.Count;

        public override Terms GetTerms(string field) => _terms.GetValueOrDefault(field);

        public override IEnumerator<string> GetEnumerator() => _terms.Keys.GetEnumerator();

        internal void AddIfAny(string field, Terms? terms)
        {
            if (terms is not null)
            {
                _terms.Add(field, terms);
            }
        }
    }
}
