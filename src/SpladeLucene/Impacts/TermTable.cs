using System.Numerics;
using SpladeLucene.Postings;

namespace SpladeLucene.Impacts;

/// <summary>
/// From a term's UTF-8 bytes to its number in a segment: its bytes and a hash table with open addressing,
/// about 15 bytes a term up to 65,535 terms (BERT's vocabulary has 30,522), 20 beyond. Immutable and thread-safe.
/// </summary>
internal sealed class TermTable
{
    // A slot holds a term's number + 1, or 0 where it is free.
    private const int MostShortTerms = ushort.MaxValue;

    private readonly Column<byte> _bytes;

    // Term t is _bytes[_starts[t].._starts[t + 1]].
    private readonly Column<int> _starts;

    // The slots are in one of these, the other one is empty. A power of two long and at most two thirds full.
    private readonly Column<ushort> _shortSlots;
    private readonly Column<int> _longSlots;

    // How many slots there are, less one.
    private readonly uint _mask;

    /// <summary>Fills the slots.</summary>
    public TermTable(Column<byte> bytes, Column<int> starts)
    {
        _bytes = bytes;
        _starts = starts;
        int slots = SlotsFor(Count);
        _mask = (uint)slots - 1;
        if (HasShortSlots(Count)) _shortSlots = new Column<ushort>(Column<ushort>.NewArray(slots));
        else _longSlots = new Column<int>(Column<int>.NewArray(slots));
        for (int term = 0; term < Count; term++) Insert(term);
    }

    /// <summary>Takes a table as it was.</summary>
    public TermTable(Column<byte> bytes, Column<int> starts, Column<ushort> shortSlots, Column<int> longSlots)
    {
        (_bytes, _starts, _shortSlots, _longSlots) = (bytes, starts, shortSlots, longSlots);
        _mask = (uint)(shortSlots.Length + longSlots.Length) - 1;
    }

    public Column<byte> Text => _bytes;

    public Column<int> TextStarts => _starts;

    public Column<ushort> ShortSlots => _shortSlots;

    public Column<int> LongSlots => _longSlots;

    public int Count => _starts.Length - 1;

    public long Bytes => _bytes.Bytes + _starts.Bytes + _shortSlots.Bytes + _longSlots.Bytes;

    /// <summary>What a table of that many terms takes up.</summary>
    public static long BytesFor(int terms, long textBytes) => textBytes + (sizeof(int) * (terms + 1L))
        + ((HasShortSlots(terms) ? sizeof(ushort) : sizeof(int)) * (long)SlotsFor(terms));

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

    /// <summary>Whether slots of that many terms are short.</summary>
    public static bool HasShortSlots(int terms) => terms <= MostShortTerms;

    /// <summary>How many slots there are for that many terms.</summary>
    public static int SlotsFor(int terms) => (int)BitOperations.RoundUpToPowerOf2(((uint)terms * 3 / 2) + 1);

    private ReadOnlySpan<byte> TermAt(int term) => _bytes.Span[_starts[term].._starts[term + 1]];

    /// <summary>The number of the term in a slot; -1 where it is free.</summary>
    private int TermIn(uint slot) => (_shortSlots.Length > 0 ? _shortSlots[(int)slot] : _longSlots[(int)slot]) - 1;

    private void Insert(int term)
    {
        uint slot = QueryTerm.HashOf(TermAt(term));
        while (TermIn(slot & _mask) >= 0) slot++;
        if (_shortSlots.Length > 0) _shortSlots[(int)(slot & _mask)] = (ushort)(term + 1);
        else _longSlots[(int)(slot & _mask)] = term + 1;
    }
}
