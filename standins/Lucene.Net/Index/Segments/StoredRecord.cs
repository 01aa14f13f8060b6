using System.Text;

namespace Lucene.Net.Index;

// The stored values of one document as bytes: the number of the field, the kind of value, the value.
internal static class StoredRecord
{
    private enum Kind : byte
    {
        Text,
        Bytes,
        Int32,
        Int64,
        Single,
        Double,
    }

    internal static void Write(BinaryWriter writer, int fieldNumber, object value)
    {
        writer.Write7BitEncodedInt(fieldNumber);
        switch (value)
        {
            case string text:
                WriteBytes(writer, Kind.Text, Encoding.UTF8.GetBytes(text));
                break;
            case byte[] bytes:
                WriteBytes(writer, Kind.Bytes, bytes);
                break;
            case int number:
                writer.Write((byte)Kind.Int32);
                writer.Write(number);
                break;
            case long number:
                writer.Write((byte)Kind.Int64);
                writer.Write(number);
                break;
            case float number:
                writer.Write((byte)Kind.Single);
                writer.Write(number);
                break;
            default:
                writer.Write((byte)Kind.Double);
                writer.Write((double)value);
                break;
        }
    }

    internal static void Visit(byte[] record, FieldInfos fields, StoredFieldVisitor visitor)
    {
        using var reader = new BinaryReader(new MemoryStream(record, writable: false));
        while (reader.BaseStream.Position < record.Length)
        {
            FieldInfo info = fields.Numbered(reader.Read7BitEncodedInt());
            object value = ReadValue(reader);
            switch (visitor.NeedsField(info))
            {
                case StoredFieldVisitor.Status.STOP:
                    return;
                case StoredFieldVisitor.Status.YES:
                    Give(visitor, info, value);
                    break;
                default:
                    break;
            }
        }
    }

    private static void WriteBytes(BinaryWriter writer, Kind kind, byte[] bytes)
    {
        writer.Write((byte)kind);
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    private static object ReadValue(BinaryReader reader) => (Kind)reader.ReadByte() switch
    {
        Kind.Text => Encoding.UTF8.GetString(reader.ReadBytes(reader.Read7BitEncodedInt())),
        Kind.Bytes => reader.ReadBytes(reader.Read7BitEncodedInt()),
        Kind.Int32 => reader.ReadInt32(),
        Kind.Int64 => reader.ReadInt64(),
        Kind.Single => reader.ReadSingle(),
        _ => reader.ReadDouble(),
    };

    private static void Give(StoredFieldVisitor visitor, FieldInfo info, object value)
    {
        switch (value)
        {
            case string text:
                visitor.StringField(info, text);
                break;
            case byte[] bytes:
                visitor.BinaryField(info, bytes);
                break;
            case int number:
                visitor.Int32Field(info, number);
                break;
            case long number:
                visitor.Int64Field(info, number);
                break;
            case float number:
                visitor.SingleField(info, number);
                break;
            default:
                visitor.DoubleField(info, (double)value);
                break;
        }
    }
}
