using Lucene.Net.Util;

namespace Lucene.Net.Index;

// A reader that shows another one, to be changed here and there by those who derive from it.
public partial class FilterAtomicReader : AtomicReader
{
    protected readonly AtomicReader m_input;

    public FilterAtomicReader(AtomicReader input)
    {
        m_input = input;
        input.RegisterParent(this);
    }

    public override int NumDocs => m_input.NumDocs;

    public override int MaxDoc => m_input.MaxDoc;

    public override FieldInfos FieldInfos => m_input.FieldInfos;

    public override Fields Fields => Open.Fields;

    public override IBits LiveDocs => Open.LiveDocs;

    private AtomicReader Open
    {
        get
        {
            EnsureOpen();
            return m_input;
        }
    }

    public override void Document(int docID, StoredFieldVisitor visitor) => Open.Document(docID, visitor);

    public override Fields GetTermVectors(int docID) => Open.GetTermVectors(docID);

    public override NumericDocValues GetNumericDocValues(string field) => Open.GetNumericDocValues(field);

    public override BinaryDocValues GetBinaryDocValues(string field) => Open.GetBinaryDocValues(field);

    public override SortedDocValues GetSortedDocValues(string field) => Open.GetSortedDocValues(field);

    public override SortedSetDocValues GetSortedSetDocValues(string field) => Open.GetSortedSetDocValues(field);

    public override NumericDocValues GetNormValues(string field) => Open.GetNormValues(field);

    public override IBits GetDocsWithField(string field) => Open.GetDocsWithField(field);

    public override void CheckIntegrity() => Open.CheckIntegrity();

    public override string ToString() => $"FilterAtomicReader({m_input})";

    protected internal override void DoClose() => m_input.Dispose();
}
