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

    // How many slots there are, less one.
    private readonly uint _mask;

    /// <summary>Fills the slots.</summary>
    public TermTable(Column<byte> bytes, Column<int> starts)
    {
        Text = bytes;
        TextStarts = starts;
        int slots = SlotsFor(Count);
        _mask = (uint)slots - 1;
        if (HasShortSlots(Count)) ShortSlots = new Column<ushort>(Column<ushort>.NewArray(slots));
        else LongSlots = new Column<int>(Column<int>.NewArray(slots));
        for (int term = 0; term < Count; term++) Insert(term);
    }

    /// <summary>Takes a table as it was.</summary>
    public TermTable(Column<byte> bytes, Column<int> starts, Column<ushort> shortSlots, Column<int> longSlots)
    {
        (Text, TextStarts, ShortSlots, LongSlots) = (bytes, starts, shortSlots, longSlots);
        _mask = (uint)(shortSlots.Length + longSlots.Length) - 1;
    }

    /// <summary>All terms' bytes.</summary>
    public Column<byte> Text { get; }

    /// <summary>Term t is <c>Text[TextStarts[t]..TextStarts[t + 1]]</c>.</summary>
    public Column<int> TextStarts { get; }

    /// <summary>The slots are here or in <see cref="LongSlots"/>, and the other one is empty. A power of two long and at most two
    /// thirds full.</summary>
    public Column<ushort> ShortSlots { get; }

    public Column<int> LongSlots { get; }

    public int Count => TextStarts.Length - 1;

    public long Bytes => Text.Bytes + TextStarts.Bytes + ShortSlots.Bytes + LongSlots.Bytes;

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

    private ReadOnlySpan<byte> TermAt(int term) => Text.Span[TextStarts[term]..TextStarts[term + 1]];

    /// <summary>The number of the term in a slot; -1 where it is free.</summary>
    private int TermIn(uint slot) => (ShortSlots.Length > 0 ? ShortSlots[(int)slot] : LongSlots[(int)slot]) - 1;

    private void Insert(int term)
    {
        uint slot = QueryTerm.HashOf(TermAt(term));
        while (TermIn(slot & _mask) >= 0) slot++;
        if (ShortSlots.Length > 0) ShortSlots[(int)(slot & _mask)] = (ushort)(term + 1);
        else LongSlots[(int)(slot & _mask)] = term + 1;
    }
}
