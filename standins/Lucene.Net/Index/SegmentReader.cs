using Lucene.Net.Util;

namespace Lucene.Net.Index;

// Reads one segment, less its deleted documents.
public sealed class SegmentReader : AtomicReader
{
    private readonly SegmentCore _core;
    private readonly FixedBitSet? _liveDocs;

    internal SegmentReader(SegmentCore core, FixedBitSet? liveDocs)
    {
        core.IncRef();
        _core = core;
        _liveDocs = liveDocs;
        NumDocs = liveDocs?.Cardinality ?? Segment.MaxDoc;
    }

    public interface ICoreDisposedListener
    {
        void OnDispose(object ownerCoreCacheKey);
    }

    public string SegmentName => Segment.Name;

    public SegmentCommitInfo SegmentInfo { get; } = new();

    public override int NumDocs { get; }

    public override int MaxDoc => Segment.MaxDoc;

    public override object CoreCacheKey => _core;

    public override FieldInfos FieldInfos => Open.FieldInfos;

    public override Fields Fields => Open.Fields;

    public override IBits LiveDocs
    {
        get
        {
            EnsureOpen();
            return _liveDocs;
        }
    }

    internal SegmentCore Core => _core;

    internal FixedBitSet? LiveBits => _liveDocs;

    private Segment Segment => _core.Segment;

    private Segment Open
    {
        get
        {
            EnsureOpen();
            return Segment;
        }
    }

    public void AddCoreDisposedListener(ICoreDisposedListener listener)
    {
        EnsureOpen();
        _core.AddListener(listener);
    }

    public void RemoveCoreDisposedListener(ICoreDisposedListener listener)
    {
        EnsureOpen();
        _core.RemoveListener(listener);
    }

    public override void Document(int docID, StoredFieldVisitor visitor)
    {
        CheckBounds(docID);
        StoredRecord.Visit(Open.Stored[docID], Segment.FieldInfos, visitor);
    }

    public override Fields GetTermVectors(int docID)
    {
        CheckBounds(docID);
        return Open.Vectors?[docID];
    }

    public override NumericDocValues GetNormValues(string field) => Open.Norms.GetValueOrDefault(field)?.Values();

    public override NumericDocValues GetNumericDocValues(string field) =>
        (DocValues(field, DocValuesType.NUMERIC) as NumericColumn)?.Values();

    public override BinaryDocValues GetBinaryDocValues(string field) =>
        (DocValues(field, DocValuesType.BINARY) as BinaryColumn)?.Values();

    public override SortedDocValues GetSortedDocValues(string field) =>
        (DocValues(field, DocValuesType.SORTED) as SortedColumn)?.SingleValues();

    public override SortedSetDocValues GetSortedSetDocValues(string field) =>
        (DocValues(field, DocValuesType.SORTED_SET) as SortedColumn)?.SetValues();

    public override IBits GetDocsWithField(string field) =>
        Open.DocValues.GetValueOrDefault(field)?.DocsWithValue(MaxDoc);

    // The checksum was compared when the segment was loaded.
    public override void CheckIntegrity() => EnsureOpen();

    public override string ToString() => $"{SegmentName}({NumDocs} of {MaxDoc} documents)";

    protected internal override void DoClose() => _core.DecRef();

    private Column? DocValues(string field, DocValuesType type) =>
        Open.FieldInfos.FieldInfo(field)?.DocValuesType == type ? Segment.DocValues[field] : null;

    private void CheckBounds(int docID)
    {
        EnsureOpen();
        if (docID < 0 || docID >= MaxDoc)
        {
#pragma warning disable CA2201 // The type that the published library throws.
            throw new IndexOutOfRangeException($"Document {docID} is not in 0 to {MaxDoc - 1}.");
#pragma warning restore CA2201
        }
    }
}
