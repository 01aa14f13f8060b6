namespace Lucene.Net.Index;

// A part of the index: some documents with all that was indexed and stored of them. It never changes; which of its
// documents are deleted is kept beside it.
internal sealed class Segment
{
    internal required string Name { get; init; }

    // Tells segments apart that have the same name, as after an index was made anew.
    internal required Guid Id { get; init; }

    internal required int MaxDoc { get; init; }

    internal required FieldInfos FieldInfos { get; init; }

    internal required SegmentFields Fields { get; init; }

    internal required Dictionary<string, NumericColumn> Norms { get; init; }

    internal required Dictionary<string, Column> DocValues { get; init; }

    // A StoredRecord for each document.
    internal required byte[][] Stored { get; init; }

    // Null for a document without term vectors; null for a segment without any.
    internal required SegmentFields?[]? Vectors { get; init; }

    internal Segment Renamed(string name) => new()
    {
        Name = name,
        Id = Guid.NewGuid(),
        MaxDoc = MaxDoc,
        FieldInfos = FieldInfos,
        Fields = Fields,
        Norms = Norms,
        DocValues = DocValues,
        Stored = Stored,
        Vectors = Vectors,
    };

    internal void WriteTo(BinaryWriter writer)
    {
        writer.Write(Name);
        writer.Write(Id.ToByteArray());
        writer.Write(MaxDoc);
        FieldInfos.WriteTo(writer);
        Fields.WriteTo(writer);
        WriteColumns(writer, Norms);
        WriteColumns(writer, DocValues);
        ByteArrays.Write(writer, Stored);
        WriteVectors(writer);
    }

    internal static Segment Read(BinaryReader reader)
    {
        string name = reader.ReadString();
        var id = new Guid(reader.ReadBytes(16));
        int maxDoc = reader.ReadInt32();
        FieldInfos infos = FieldInfos.Read(reader);
        return new Segment
        {
            Name = name,
            Id = id,
            MaxDoc = maxDoc,
            FieldInfos = infos,
            Fields = SegmentFields.Read(reader),
            Norms = ReadColumns(reader, _ => NumericColumn.Read(reader)),
            DocValues = ReadColumns(reader, field => ReadDocValues(reader, infos.FieldInfo(field)!.DocValuesType)),
            Stored = ByteArrays.Read(reader)!,
            Vectors = ReadVectors(reader, maxDoc),
        };
    }

    private void WriteVectors(BinaryWriter writer)
    {
        writer.Write(Vectors is not null);
        foreach (SegmentFields? vector in Vectors ?? [])
        {
            writer.Write(vector is not null);
            vector?.WriteTo(writer);
        }
    }

    private static SegmentFields?[]? ReadVectors(BinaryReader reader, int maxDoc)
    {
        if (!reader.ReadBoolean())
        {
            return null;
        }
        var vectors = new SegmentFields?[maxDoc];
        for (int doc = 0; doc < maxDoc; doc++)
        {
            vectors[doc] = reader.ReadBoolean() ? SegmentFields.Read(reader) : null;
        }
        return vectors;
    }

    private static void WriteColumns<T>(BinaryWriter writer, Dictionary<string, T> columns)
        where T : Column
    {
        writer.Write(columns.Count);
        foreach ((string field, T column) in columns)
        {
            writer.Write(field);
            column.WriteTo(writer);
        }
    }

    private static Dictionary<string, T> ReadColumns<T>(BinaryReader reader, Func<string, T> read)
    {
        var columns = new Dictionary<string, T>();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            string field = reader.ReadString();
            columns.Add(field, read(field));
        }
        return columns;
    }

    private static Column ReadDocValues(BinaryReader reader, DocValuesType type) => type switch
    {
        DocValuesType.NUMERIC => NumericColumn.Read(reader),
        DocValuesType.BINARY => BinaryColumn.Read(reader),
        _ => SortedColumn.Read(reader),
    };
}
