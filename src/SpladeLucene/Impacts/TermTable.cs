using System.Numerics;
using SpladeLucene.Postings;

namespace SpladeLucene.Impacts;

/// <summary>
/// From a term's UTF-8 bytes to its number in a segment: one array of bytes and a hash table with open addressing,
/// about 15 bytes a term up to 65,535 terms (BERT's vocabulary has 30,522), 20 beyond. Immutable and thread-safe.
/// </summary>
internal sealed class TermTable
{
    // A slot holds a term's number + 1, or 0 where it is free.
    private const int MostShortTerms = ushort.MaxValue;

    private readonly byte[] _bytes;

    // Term t is _bytes[_starts[t].._starts[t + 1]].
    private readonly int[] _starts;

    // The slots are in one of these, the other one is empty. A power of two long and at most two thirds full.
    private readonly ushort[] _shortSlots = [];
    private readonly int[] _longSlots = [];

    // How many slots there are, less one.
    private readonly uint _mask;

    public TermTable(byte[] bytes, int[] starts)
    {
        _bytes = bytes;
        _starts = starts;
        int slots = SlotsFor(Count);
        _mask = (uint)slots - 1;
        if (Count <= MostShortTerms) _shortSlots = new ushort[slots];
        else _longSlots = new int[slots];
        for (int term = 0; term < Count; term++) Insert(term);
    }

    public int Count => _starts.Length - 1;

    public long Bytes => _bytes.Length + (sizeof(ushort) * (long)_shortSlots.Length)
        + (sizeof(int) * ((long)_starts.Length + _longSlots.Length));

    /// <summary>What a table of that many terms takes up.</summary>
    public static long BytesFor(int terms, long textBytes) => textBytes + (sizeof(int) * (terms + 1L))
        + ((terms <= MostShortTerms ? sizeof(ushort) : sizeof(int)) * (long)SlotsFor(terms));

    /// <summary>The term's number, or -1 where the segment doesn't have it.</summary>
    /// <param name="term">Its UTF-8 bytes.</param>
    /// <param name="hash">Their <see cref="QueryTerm.HashOf"/>.</param>
    public int Find(ReadOnlySpan<byte> term, uint hash)
    {
        for (uint slot = hash; ; slot++)
        {
            int found = TermIn(slot & _mask);
            if (found < 0 || term.SequenceEqual(TermAt(found))) return found;
        }
    }

    private static int SlotsFor(int terms) => (int)BitOperations.RoundUpToPowerOf2(((uint)terms * 3 / 2) + 1);

    private ReadOnlySpan<byte> TermAt(int term) => _bytes.AsSpan(_starts[term].._starts[term + 1]);

    /// <summary>The number of the term in a slot; -1 where it is free.</summary>
    private int TermIn(uint slot) => (_shortSlots.Length > 0 ? _shortSlots[slot] : _longSlots[slot]) - 1;

    private void Insert(int term)
    {
        uint slot = QueryTerm.HashOf(TermAt(term));
        while (TermIn(slot & _mask) >= 0) slot++;
        if (_shortSlots.Length > 0) _shortSlots[slot & _mask] = (ushort)(term + 1);
        else _longSlots[slot & _mask] = term + 1;
    }
}
