using System.Text;

namespace SpladeLucene.Onnx.Fusing;

/// <summary>Writes a protobuf message field by field: enough for the messages of onnx.proto.</summary>
internal sealed class ProtobufWriter
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public ProtobufWriter Number(int field, long value)
    {
        Varint(field << 3);
        Varint(value);
        return this;
    }

    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.ToArray());

    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value) => Header(field, value.Length).Raw(value);

    /// <summary>What stands before so many bytes of a length-delimited field.</summary>
    public ProtobufWriter Header(int field, long length)
    {
        Varint((field << 3) | 2);
        Varint(length);
        return this;
    }

    /// <summary>Fields as they were written elsewhere.</summary>
    public ProtobufWriter Raw(ReadOnlySpan<byte> fields)
    {
        _bytes.AddRange(fields);
        return this;
    }

    private void Varint(long value)
    {
        for (ulong rest = (ulong)value; ; rest >>= 7)
        {
            _bytes.Add((byte)(rest < 0x80 ? rest : rest | 0x80));
            if (rest < 0x80) return;
        }
    }
}
