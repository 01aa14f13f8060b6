using System.Numerics;

namespace SpladeLucene.Impacts;

/// <summary>
/// From a term's UTF-8 bytes to its number in a segment: one array of bytes and a hash table with open addressing,
/// about 20 bytes a term. Immutable and thread-safe.
/// </summary>
internal sealed class TermTable
{
    private readonly byte[] _bytes;

    // Term t is _bytes[_starts[t].._starts[t + 1]].
    private readonly int[] _starts;

    // A term's number + 1, or 0 for a free slot. A power of two long and at most two thirds full.
    private readonly int[] _slots;

    public TermTable(byte[] bytes, int[] starts)
    {
        _bytes = bytes;
        _starts = starts;
        _slots = new int[SlotsFor(Count)];
        for (int term = 0; term < Count; term++) Insert(term);
    }

    public int Count => _starts.Length - 1;

    public long Bytes => _bytes.Length + (sizeof(int) * ((long)_starts.Length + _slots.Length));

    /// <summary>What a table of that many terms takes up.</summary>
    public static long BytesFor(int terms, long textBytes) =>
        textBytes + (sizeof(int) * (terms + 1L + SlotsFor(terms)));

    /// <summary>FNV-1a, 32 bits: <see href="https://www.rfc-editor.org/rfc/rfc9923">RFC 9923</see>.</summary>
    public static uint HashOf(ReadOnlySpan<byte> term)
    {
        uint hash = 2166136261;
        foreach (byte unit in term) hash = (hash ^ unit) * 16777619;
        return hash;
    }

    /// <summary>The term's number, or -1 where the segment doesn't have it.</summary>
    public int Find(ReadOnlySpan<byte> term, uint hash)
    {
        for (uint slot = hash; ; slot++)
        {
            int found = _slots[slot & (_slots.Length - 1)] - 1;
            if (found < 0 || term.SequenceEqual(TermAt(found))) return found;
        }
    }

    private static int SlotsFor(int terms) => (int)BitOperations.RoundUpToPowerOf2(((uint)terms * 3 / 2) + 1);

    private ReadOnlySpan<byte> TermAt(int term) => _bytes.AsSpan(_starts[term].._starts[term + 1]);

    private void Insert(int term)
    {
        uint slot = HashOf(TermAt(term));
        while (_slots[slot & (_slots.Length - 1)] != 0) slot++;
        _slots[slot & (_slots.Length - 1)] = term + 1;
    }
}
