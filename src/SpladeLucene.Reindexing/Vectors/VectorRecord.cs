using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using SpladeLucene.Indexing;

namespace SpladeLucene.Reindexing.Vectors;

/// <summary>
/// How a vector stands in the log: the content's length and CRC-32C, 4 bytes each, little-endian; then the content: the
/// text's hash, and for each term its length, its UTF-8 and its impact, and where the log has spans its start and length.
/// Numbers in the content are of 7 bits a byte, the lowest first.
/// </summary>
internal static class VectorRecord
{
    public const int HeadSize = 8;

    /// <summary>No record is longer; a length above it is damage.</summary>
    public const int MaxContent = 1 << 26;

    // Lucene's own limit.
    private const int MaxTerm = 32_766;

    public static void Write(ArrayBufferWriter<byte> buffer, TextHash hash, ReadOnlySpan<TermImpact> terms, bool spans)
    {
        int start = buffer.WrittenCount;
        buffer.Advance(buffer.GetSpan(HeadSize)[..HeadSize].Length);
        hash.Write(buffer.GetSpan(TextHash.Size));
        buffer.Advance(TextHash.Size);
        foreach (TermImpact term in terms)
        {
            WriteText(buffer, term.Term);
            buffer.GetSpan(1)[0] = (byte)term.Impact;
            buffer.Advance(1);
            if (!spans) continue;
            WriteNumber(buffer, term.Span.Start);
            WriteNumber(buffer, term.Span.Length);
        }

        Seal(buffer, start);
    }

    /// <summary>The head's length of the content, and its checksum.</summary>
    public static (int Length, uint Checksum) ReadHead(ReadOnlySpan<byte> head) =>
        (BinaryPrimitives.ReadInt32LittleEndian(head), BinaryPrimitives.ReadUInt32LittleEndian(head[4..]));

    public static uint Checksum(ReadOnlySpan<byte> content)
    {
        uint crc = uint.MaxValue;
        while (content.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(content));
            content = content[sizeof(ulong)..];
        }

        foreach (byte one in content) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }

    /// <summary>Reads a content whose checksum was compared.</summary>
    /// <returns>Whether it is one that <see cref="Write"/> can have written.</returns>
    public static bool TryRead(ReadOnlySpan<byte> content, bool spans, TermCache texts, List<TermImpact> terms)
    {
        terms.Clear();
        content = content[TextHash.Size..];
        while (content.Length > 0)
        {
            int length = ReadNumber(ref content);
            if (length is < 1 or > MaxTerm || length >= content.Length || content[length] == 0) return false;
            string text = texts[content[..length]];
            int impact = content[length];
            content = content[(length + 1)..];
            SourceSpan span = default;
            if (spans)
            {
                int from = ReadNumber(ref content), units = ReadNumber(ref content);
                if (from < 0 || units < 0 || from > int.MaxValue - units) return false;
                span = new SourceSpan(from, from + units);
            }

            terms.Add(new TermImpact(text, impact, span));
        }

        return true;
    }

    private static void Seal(ArrayBufferWriter<byte> buffer, int start)
    {
        // What the writer wrote is its own; there is no other way back to it.
        Span<byte> record = System.Runtime.InteropServices.MemoryMarshal.AsMemory(buffer.WrittenMemory).Span[start..];
        Span<byte> content = record[HeadSize..];
        BinaryPrimitives.WriteInt32LittleEndian(record, content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Checksum(content));
    }

    private static void WriteText(ArrayBufferWriter<byte> buffer, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        WriteNumber(buffer, length);
        buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(length)));
    }

    private static void WriteNumber(ArrayBufferWriter<byte> buffer, int number)
    {
        Span<byte> span = buffer.GetSpan(5);
        int size = 0;
        uint rest = (uint)number;
        for (; rest >= 0x80; rest >>= 7) span[size++] = (byte)(rest | 0x80);
        span[size++] = (byte)rest;
        buffer.Advance(size);
    }

    // -1 where it ends too early or is none.
    private static int ReadNumber(ref ReadOnlySpan<byte> content)
    {
        uint number = 0;
        for (int i = 0, shift = 0; i < content.Length && shift < 32; i++, shift += 7)
        {
            number |= (uint)(content[i] & 0x7F) << shift;
            if (content[i] >= 0x80) continue;
            content = content[(i + 1)..];
            return (int)number;
        }

        return -1;
    }
}
