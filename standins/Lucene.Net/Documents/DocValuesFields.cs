using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Lucene.Net.Documents;

public class NumericDocValuesField : Field
{
    public NumericDocValuesField(string name, long value)
        : base(name, (object)value, DocValuesTypes.Numeric)
    {
    }
}

public class BinaryDocValuesField : Field
{
    public BinaryDocValuesField(string name, BytesRef value) : base(name, value, DocValuesTypes.Binary)
    {
    }
}

public class SortedDocValuesField : Field
{
    public SortedDocValuesField(string name, BytesRef bytes) : base(name, bytes, DocValuesTypes.Sorted)
    {
    }
}

public class SortedSetDocValuesField : Field
{
    public SortedSetDocValuesField(string name, BytesRef bytes) : base(name, bytes, DocValuesTypes.SortedSet)
    {
    }
}

internal static class DocValuesTypes
{
    internal static readonly FieldType Numeric = Column(DocValuesType.NUMERIC);
    internal static readonly FieldType Binary = Column(DocValuesType.BINARY);
    internal static readonly FieldType Sorted = Column(DocValuesType.SORTED);
    internal static readonly FieldType SortedSet = Column(DocValuesType.SORTED_SET);

    private static FieldType Column(DocValuesType kind) => new FieldType { DocValueType = kind }.Freeze();
}
