namespace SpladeLucene.Impacts;

/// <summary>Derives what a <see cref="BlockIndex"/> holds from the windows of a segment.</summary>
internal sealed class BlockIndexBuilder(SegmentImpacts impacts)
{
    /// <summary>Where each slice's row begins in its window's rows; -1 for none. Known for windows whose rows are placed.</summary>
    public int[] RowOf { get; } = Column<int>.NewArray((long)impacts.Terms.Count * impacts.Windows);

    public static BlockIndex Build(SegmentImpacts impacts)
    {
        var builder = new BlockIndexBuilder(impacts);
        var rows = new Column<byte>[impacts.Windows];
        for (int window = 0; window < rows.Length; window++)
        {
            byte[] filled = Column<byte>.NewArray(builder.PlaceRows(window));
            builder.FillRows(window, filled);
            rows[window] = new Column<byte>(filled);
        }

        ushort[] skips = Column<ushort>.NewArray(BlockIndex.SkipsFor(impacts.Postings));
        for (int slice = 0; slice < builder.RowOf.Length; slice++)
        {
            (int place, int count) = builder.SkipsOf(slice);
            builder.FillSkips(slice, skips.AsSpan(place, count));
        }

        return new BlockIndex(new Column<int>(builder.RowOf), rows, new Column<ushort>(skips));
    }

    /// <summary>Says where a window's rows begin.</summary>
    /// <returns>How long all of them are.</returns>
    public int PlaceRows(int window)
    {
        int length = 0, rowLength = RowLength(window);
        for (int term = 0; term < impacts.Terms.Count; term++)
        {
            int slice = impacts.Slice(term, window);
            (int start, int end) = impacts.Bounds(slice);
            bool dense = end > start && BlockIndex.HasRow(end - start, rowLength);
            RowOf[slice] = dense ? length : -1;
            if (dense) length = checked(length + rowLength);
        }

        return length;
    }

    /// <param name="window">Its rows are placed.</param>
    /// <param name="rows">Zeroes, as many bytes as <see cref="PlaceRows"/> said.</param>
    public void FillRows(int window, Span<byte> rows)
    {
        int rowLength = RowLength(window);
        for (int term = 0; term < impacts.Terms.Count; term++)
        {
            int slice = impacts.Slice(term, window);
            (int start, int end) = impacts.Bounds(slice);
            if (RowOf[slice] >= 0) FillRow(rows.Slice(RowOf[slice], rowLength), start, end);
        }
    }

    /// <summary>Where a slice's skips lie among all, and how many there are. They come in the order of slices.</summary>
    public (int Place, int Count) SkipsOf(int slice)
    {
        (int start, int end) = impacts.Bounds(slice);
        return (BlockIndex.SkipsOf(start, end, out int count, out _), count);
    }

    /// <param name="slice">The slice.</param>
    /// <param name="skips">As many as <see cref="SkipsOf"/> said.</param>
    public void FillSkips(int slice, Span<ushort> skips)
    {
        (int start, int end) = impacts.Bounds(slice);
        BlockIndex.SkipsOf(start, end, out _, out int shift);
        ReadOnlySpan<ushort> ids = impacts.Ids.Span[start..end];
        int next = 0;
        for (int i = 0; i < ids.Length && next < skips.Length; i++)
        {
            int bucket = ids[i] >> shift;
            while (next <= bucket) skips[next++] = (ushort)i;
        }

        // Past the last id: no posting lies there, the last place will do.
        skips[next..].Fill((ushort)Math.Min(ids.Length, ushort.MaxValue));
    }

    private int RowLength(int window) => BlockIndex.RowLength(
        Math.Min(SegmentImpacts.WindowSize, impacts.Documents - (window * SegmentImpacts.WindowSize)));

    private void FillRow(Span<byte> row, int start, int end)
    {
        ReadOnlySpan<ushort> ids = impacts.Ids.Span[start..end];
        ReadOnlySpan<byte> all = impacts.Impacts.Span[start..end];
        for (int i = 0; i < ids.Length;)
        {
            int block = ids[i] >> BlockIndex.BlockShift, largest = 0;
            for (; i < ids.Length && ids[i] >> BlockIndex.BlockShift == block; i++) largest = Math.Max(largest, all[i]);
            BlockIndex.SetLevel(row, block, BlockIndex.LevelOf(largest));
        }
    }
}
