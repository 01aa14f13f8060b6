using System.Text;

namespace SpladeLucene.Onnx.Tests.Support;

/// <summary>Writes protobuf messages: enough for small ONNX models.</summary>
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

    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Varint((field << 3) | 2);
        Varint(value.Length);
        _bytes.AddRange(value);
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
