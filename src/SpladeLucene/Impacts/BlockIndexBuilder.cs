namespace SpladeLucene.Impacts;

/// <summary>Derives a <see cref="BlockIndex"/> from the windows of a segment, window by window.</summary>
internal sealed class BlockIndexBuilder
{
    private readonly SegmentImpacts _impacts;
    private readonly int[] _rowOf;
    private readonly byte[][] _rows;
    private readonly ushort[] _skips;

    private BlockIndexBuilder(SegmentImpacts impacts)
    {
        _impacts = impacts;
        _rowOf = new int[impacts.Terms.Count * impacts.Windows];
        _rows = new byte[impacts.Windows][];
        _skips = new ushort[BlockIndex.SkipsFor(impacts.Postings)];
    }

    public static BlockIndex Build(SegmentImpacts impacts)
    {
        var builder = new BlockIndexBuilder(impacts);
        for (int window = 0; window < impacts.Windows; window++) builder.Add(window);
        return new BlockIndex(builder._rowOf, builder._rows, builder._skips);
    }

    private void Add(int window)
    {
        int documents = Math.Min(SegmentImpacts.WindowSize, _impacts.Documents - (window * SegmentImpacts.WindowSize));
        int rowLength = BlockIndex.RowLength(documents);
        byte[] rows = _rows[window] = new byte[PlaceRows(window, rowLength)];
        for (int term = 0; term < _impacts.Terms.Count; term++)
        {
            int slice = _impacts.Slice(term, window);
            (int start, int end) = _impacts.Bounds(slice);
            if (_rowOf[slice] >= 0) FillRow(rows.AsSpan(_rowOf[slice], rowLength), start, end);
            FillSkips(start, end);
        }
    }

    private int PlaceRows(int window, int rowLength)
    {
        int length = 0;
        for (int term = 0; term < _impacts.Terms.Count; term++)
        {
            int slice = _impacts.Slice(term, window);
            (int start, int end) = _impacts.Bounds(slice);
            bool dense = end > start && BlockIndex.HasRow(end - start, rowLength);
            _rowOf[slice] = dense ? length : -1;
            if (dense) length = checked(length + rowLength);
        }

        return length;
    }

    private void FillRow(Span<byte> row, int start, int end)
    {
        ReadOnlySpan<ushort> ids = _impacts.Ids.AsSpan(start, end - start);
        ReadOnlySpan<byte> impacts = _impacts.Impacts.AsSpan(start, end - start);
        for (int i = 0; i < ids.Length; i++)
        {
            ref byte largest = ref row[ids[i] >> BlockIndex.BlockShift];
            if (impacts[i] > largest) largest = impacts[i];
        }
    }

    private void FillSkips(int start, int end)
    {
        int skips = BlockIndex.SkipsOf(start, end, out int count, out int shift);
        int next = 0;
        for (int i = start; i < end && next < count; i++)
        {
            int bucket = _impacts.Ids[i] >> shift;
            while (next <= bucket) _skips[skips + next++] = (ushort)(i - start);
        }

        // Past the last id: no posting lies there, the last place will do.
        while (next < count) _skips[skips + next++] = (ushort)Math.Min(end - start, ushort.MaxValue);
    }
}
