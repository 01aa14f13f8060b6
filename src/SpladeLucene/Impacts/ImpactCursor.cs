namespace SpladeLucene.Impacts;

/// <summary>
/// Reads one term's impacts for ascending documents, with a galloping search from one to the next
/// (<see href="https://doi.org/10.1016/0020-0190(76)90071-5">Bentley and Yao, 1976</see>).
/// </summary>
internal ref struct ImpactCursor(SegmentImpacts impacts, int term)
{
    private int _window = -1;

    // Invariant: every id of the window's slice before _place is under those still to be asked for.
    private int _place;
    private int _end;

    /// <summary>The document's impact, or 0.</summary>
    /// <param name="doc">Not under the one asked for before.</param>
    public int ImpactOf(int doc)
    {
        int window = doc >> SegmentImpacts.WindowShift;
        if (window != _window)
        {
            _window = window;
            (_place, _end) = impacts.Bounds(impacts.Slice(term, window));
        }

        Gallop((ushort)doc);
        return _place < _end && impacts.Ids[_place] == (ushort)doc ? impacts.Impacts[_place] : 0;
    }

    private void Gallop(ushort id)
    {
        int step = 1;
        while (_place + step < _end && impacts.Ids[_place + step] < id) step <<= 1;
        int from = _place + (step >> 1);
        int place = impacts.Ids.AsSpan(from..Math.Min(_place + step + 1, _end)).BinarySearch(id);
        _place = from + (place < 0 ? ~place : place);
    }
}
