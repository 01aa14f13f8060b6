using Lucene.Net.Analysis;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Lucene.Net.Documents;

// A named value with its type: a string, a reader, bytes, a number, or a token stream made elsewhere.
public partial class Field : IIndexableField
{
    private readonly object? _value;
    private float _boost = 1f;

    public Field(string name, string value, FieldType type) : this(name, (object)value, type)
    {
        if (!type.IsStored && !type.IsIndexed)
        {
            throw new ArgumentException("A field is indexed or stored, or both.");
        }
        if (!type.IsIndexed && type.StoreTermVectors)
        {
            throw new ArgumentException("Only an indexed field has term vectors.");
        }
    }

    public Field(string name, BytesRef bytes, FieldType type) : this(name, (object)bytes, type)
    {
        if (type.IsIndexed)
        {
            throw new ArgumentException("Bytes cannot be indexed.");
        }
    }

    public Field(string name, TextReader reader, FieldType type) : this(name, (object)reader, type)
    {
        RefuseStored(type);
        if (type.IsIndexed && !type.IsTokenized)
        {
            throw new ArgumentException("What a reader gives is tokenized.");
        }
    }

    public Field(string name, TokenStream tokenStream, FieldType type) : this(name, (object)tokenStream, type)
    {
        RefuseStored(type);
        if (!type.IsIndexed || !type.IsTokenized)
        {
            throw new ArgumentException("A token stream is indexed and tokenized.");
        }
    }

    protected internal Field(string name, FieldType type)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(type);
        Name = name;
        FieldType = type;
    }

    private protected Field(string name, object value, FieldType type) : this(name, type)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    public virtual string Name { get; }

    public virtual FieldType FieldType { get; }

    public virtual IIndexableFieldType IndexableFieldType => FieldType;

    public virtual float Boost
    {
        get => _boost;
        set
        {
            if (value != 1f && (!FieldType.IsIndexed || FieldType.OmitNorms))
            {
                throw new ArgumentException("Only an indexed field with norms can be boosted.");
            }
            _boost = value;
        }
    }

    public virtual string GetStringValue() => _value as string ?? NumberText.Of(_value);

    public virtual BytesRef GetBinaryValue() => _value as BytesRef;

    public virtual int? GetInt32Value() => IsNumber ? Convert.ToInt32(_value) : null;

    public virtual long? GetInt64Value() => IsNumber ? Convert.ToInt64(_value) : null;

    public virtual float? GetSingleValue() => IsNumber ? Convert.ToSingle(_value) : null;

    public virtual double? GetDoubleValue() => IsNumber ? Convert.ToDouble(_value) : null;

    public override string ToString() => $"{Name}:{_value}";

    // The value as it was given: what the writer stores.
    internal object? Value => _value;

    private bool IsNumber => _value is int or long or float or double;

    private static void RefuseStored(FieldType type)
    {
        if (type.IsStored)
        {
            throw new ArgumentException("Only a string, bytes or a number can be stored.");
        }
    }

    public enum Store
    {
        YES,
        NO,
    }
}
