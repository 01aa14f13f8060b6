using System.Runtime.InteropServices;

namespace Lucene.Net.Index;

// Where one term occurs. Documents ascend; the occurrences of all documents follow each other.
internal sealed class TermPostings
{
    internal required int[] Docs { get; init; }

    // Null where every document has the term once, or where frequencies are not recorded.
    internal int[]? Freqs { get; init; }

    internal int[]? Positions { get; init; }

    // Start and end of each occurrence, in turn.
    internal int[]? Offsets { get; init; }

    internal PayloadList? Payloads { get; init; }

    internal int Freq(int index) => Freqs is null ? 1 : Freqs[index];

    internal long TotalFreq => Freqs is null ? Docs.Length : Freqs.Sum(f => (long)f);

    internal void WriteTo(BinaryWriter writer)
    {
        WriteInts(writer, Docs);
        WriteOptional(writer, Freqs);
        WriteOptional(writer, Positions);
        WriteOptional(writer, Offsets);
        writer.Write(Payloads is not null);
        Payloads?.WriteTo(writer);
    }

    internal static TermPostings Read(BinaryReader reader) => new()
    {
        Docs = ReadInts(reader),
        Freqs = ReadOptional(reader),
        Positions = ReadOptional(reader),
        Offsets = ReadOptional(reader),
        Payloads = reader.ReadBoolean() ? PayloadList.Read(reader) : null,
    };

    internal static void WriteInts(BinaryWriter writer, ReadOnlySpan<int> values)
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    internal static int[] ReadInts(BinaryReader reader)
    {
        var values = new int[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private static void WriteOptional(BinaryWriter writer, int[]? values)
    {
        writer.Write(values is not null);
        if (values is not null)
        {
            WriteInts(writer, values);
        }
    }

    private static int[]? ReadOptional(BinaryReader reader) => reader.ReadBoolean() ? ReadInts(reader) : null;
}
