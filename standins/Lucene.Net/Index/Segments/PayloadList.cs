namespace Lucene.Net.Index;

// The payloads of a term's occurrences, one after the other. Payloads of one size need no list of their ends.
internal sealed class PayloadList
{
    private readonly byte[] _bytes;
    private readonly int[]? _ends;
    private readonly int _size;

    internal PayloadList(byte[] bytes, int[] ends)
    {
        _bytes = bytes;
        _size = ends[0];
        _ends = HaveOneSize(ends) ? null : ends;
    }

    private PayloadList(byte[] bytes, int[]? ends, int size)
    {
        _bytes = bytes;
        _ends = ends;
        _size = size;
    }

    internal byte[] Bytes => _bytes;

    // The start and length of the payload of an occurrence; length zero where it has none.
    internal (int Start, int Length) Range(int occurrence)
    {
        if (_ends is null)
        {
            return (occurrence * _size, _size);
        }
        int start = occurrence == 0 ? 0 : _ends[occurrence - 1];
        return (start, _ends[occurrence] - start);
    }

    internal void WriteTo(BinaryWriter writer)
    {
        writer.Write(_bytes.Length);
        writer.Write(_bytes);
        writer.Write(_size);
        writer.Write(_ends is not null);
        if (_ends is not null)
        {
            TermPostings.WriteInts(writer, _ends);
        }
    }

    internal static PayloadList Read(BinaryReader reader)
    {
        byte[] bytes = reader.ReadBytes(reader.ReadInt32());
        int size = reader.ReadInt32();
        return new PayloadList(bytes, reader.ReadBoolean() ? TermPostings.ReadInts(reader) : null, size);
    }

    private static bool HaveOneSize(int[] ends)
    {
        for (int i = 0; i < ends.Length; i++)
        {
            if (ends[i] != (i + 1) * (long)ends[0])
            {
                return false;
            }
        }
        return true;
    }
}
