using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SpladeLucene.Impacts;

/// <summary>
/// Reads one term's impacts for ascending documents, with a galloping search from one to the next
/// (<see href="https://doi.org/10.1016/0020-0190(76)90071-5">Bentley and Yao, 1976</see>) that begins at a skip of the
/// <see cref="BlockIndex"/> where there is one. Owned by one search.
/// </summary>
internal struct ImpactCursor(SegmentImpacts impacts, int term)
{
    /// <summary>What <see cref="Seek"/> says where the window has no more of the term's documents.</summary>
    public const int NoneInWindow = int.MaxValue;

    private int _window = -1;

    // Invariant: every id of the window's slice before _place is under those still to be asked for.
    private int _place;
    private int _start;
    private int _end;

    /// <summary>The impact of the document that <see cref="Seek"/> found.</summary>
    public readonly int Impact => impacts.Impacts[_place];

    /// <summary>The document's impact, or 0.</summary>
    /// <param name="doc">Not under the one asked for before.</param>
    public int ImpactOf(int doc) => Seek(doc) == doc ? Impact : 0;

    /// <summary>The first document of the term at or after <paramref name="doc"/> that lies in its window, or
    /// <see cref="NoneInWindow"/>.</summary>
    /// <param name="doc">Not under the one asked for before.</param>
    public int Seek(int doc)
    {
        int window = doc >> SegmentImpacts.WindowShift;
        if (window != _window)
        {
            _window = window;
            (_start, _end) = impacts.Bounds(impacts.Slice(term, window));
            _place = _start;
        }

        Gallop((ushort)doc);
        return _place < _end ? (window << SegmentImpacts.WindowShift) + impacts.Ids[_place] : NoneInWindow;
    }

    /// <summary>Adds weight × impact to <c>sums[doc - first]</c> for the documents from <paramref name="first"/> on that there are
    /// sums for, all of one window.</summary>
    /// <param name="first">Not under the document asked for before.</param>
    /// <param name="weight">The term's.</param>
    /// <param name="sums">At least one.</param>
    public void Add(int first, int weight, Span<int> sums)
    {
        Debug.Assert((ushort)first + sums.Length <= SegmentImpacts.WindowSize, "One window has them all.");
        if (Seek(first) == NoneInWindow) return;
        ref ushort id = ref Unsafe.Add(ref impacts.Ids.First, _place);
        ref byte impact = ref Unsafe.Add(ref impacts.Impacts.First, _place);
        ref int sum = ref MemoryMarshal.GetReference(sums);
        int origin = (ushort)first, limit = origin + sums.Length;
        nint count = _end - _place, i = 0;
        for (; i <= count - 4 && Unsafe.Add(ref id, i + 3) < limit; i += 4)
        {
            Unsafe.Add(ref sum, Unsafe.Add(ref id, i) - origin) += weight * Unsafe.Add(ref impact, i);
            Unsafe.Add(ref sum, Unsafe.Add(ref id, i + 1) - origin) += weight * Unsafe.Add(ref impact, i + 1);
            Unsafe.Add(ref sum, Unsafe.Add(ref id, i + 2) - origin) += weight * Unsafe.Add(ref impact, i + 2);
            Unsafe.Add(ref sum, Unsafe.Add(ref id, i + 3) - origin) += weight * Unsafe.Add(ref impact, i + 3);
        }

        for (; i < count && Unsafe.Add(ref id, i) < limit; i++)
            Unsafe.Add(ref sum, Unsafe.Add(ref id, i) - origin) += weight * Unsafe.Add(ref impact, i);
        _place += (int)i;
    }

    private void Gallop(ushort id)
    {
        if (impacts.Blocks is { } blocks) _place = Math.Max(_place, blocks.Seek(_start, _end, id));
        int step = 1;
        // Not as a sum, which is over 2^31 where the postings of a segment nearly are.
        while (step < _end - _place && impacts.Ids[_place + step] < id) step <<= 1;
        int from = Math.Min(_place + (step >> 1), _end);
        int place = impacts.Ids.Span[from..Math.Min(_place + step + 1, _end)].BinarySearch(id);
        _place = from + (place < 0 ? ~place : place);
    }
}
