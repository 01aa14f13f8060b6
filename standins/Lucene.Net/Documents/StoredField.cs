using Lucene.Net.Util;

namespace Lucene.Net.Documents;

// A value that comes back with the document and is not searched.
public sealed class StoredField : Field
{
    private static readonly FieldType Type = new FieldType { IsStored = true }.Freeze();

    public StoredField(string name, string value) : base(name, value, Type)
    {
    }

    public StoredField(string name, BytesRef value) : base(name, value, Type)
    {
    }

    public StoredField(string name, byte[] value) : base(name, new BytesRef(value), Type)
    {
    }

    public StoredField(string name, int value) : base(name, (object)value, Type)
    {
    }

    public StoredField(string name, long value) : base(name, (object)value, Type)
    {
    }

    public StoredField(string name, float value) : base(name, (object)value, Type)
    {
    }

    public StoredField(string name, double value) : base(name, (object)value, Type)
    {
    }
}
