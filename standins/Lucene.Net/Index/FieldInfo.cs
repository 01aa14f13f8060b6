namespace Lucene.Net.Index;

// What a segment knows of a field. What is taken off in one document is off for all of them.
public sealed class FieldInfo
{
    internal FieldInfo(string name, int number)
    {
        Name = name;
        Number = number;
    }

    public string Name { get; }

    public int Number { get; }

    public bool IsIndexed => IndexOptions != IndexOptions.NONE;

    public IndexOptions IndexOptions { get; private set; }

    public bool OmitsNorms { get; private set; }

    public bool HasNorms => _recordedNorms && !OmitsNorms;

    public bool HasPayloads => _recordedPayloads && IndexOptions.HasPositions();

    public bool HasVectors { get; internal set; }

    public DocValuesType DocValuesType { get; private set; }

    public bool HasDocValues => DocValuesType != DocValuesType.NONE;

    private bool _recordedNorms;
    private bool _recordedPayloads;

    internal void AddIndexing(IndexOptions options, bool omitNorms)
    {
        IndexOptions = IsIndexed && IndexOptions < options ? IndexOptions : options;
        OmitsNorms |= omitNorms;
        _recordedNorms |= !omitNorms;
    }

    internal void AddPayloads() => _recordedPayloads = true;

    internal void AddDocValues(DocValuesType type)
    {
        if (HasDocValues && DocValuesType != type)
        {
            throw new ArgumentException($"Field {Name} has {DocValuesType} doc values and cannot have {type} ones.");
        }
        DocValuesType = type;
    }

    internal void Add(FieldInfo other)
    {
        if (other.IsIndexed)
        {
            AddIndexing(other.IndexOptions, other.OmitsNorms);
            _recordedPayloads |= other.HasPayloads;
            HasVectors |= other.HasVectors;
        }
        if (other.HasDocValues)
        {
            AddDocValues(other.DocValuesType);
        }
    }

    internal void WriteTo(BinaryWriter writer)
    {
        writer.Write(Name);
        writer.Write((byte)IndexOptions);
        writer.Write(OmitsNorms);
        writer.Write(_recordedNorms);
        writer.Write(_recordedPayloads);
        writer.Write(HasVectors);
        writer.Write((byte)DocValuesType);
    }

    internal static FieldInfo Read(BinaryReader reader, int number) => new(reader.ReadString(), number)
    {
        IndexOptions = (IndexOptions)reader.ReadByte(),
        OmitsNorms = reader.ReadBoolean(),
        _recordedNorms = reader.ReadBoolean(),
        _recordedPayloads = reader.ReadBoolean(),
        HasVectors = reader.ReadBoolean(),
        DocValuesType = (DocValuesType)reader.ReadByte(),
    };
}
