namespace SpladeLucene.Impacts.Files;

/// <summary>Makes impacts of a file's sections, where these fit together.</summary>
internal sealed unsafe class FileColumns(MemoryOutsideHeap memory, FileHeader header)
{
    private readonly int _windows = SegmentImpacts.WindowsOf(header.Documents);

    /// <returns>Null where the sections don't fit together.</returns>
    public SegmentImpacts? Impacts()
    {
        Column<int> textStarts = Of<int>(FileSection.TextStarts), starts = Of<int>(FileSection.Starts);
        Column<ushort> shortSlots = Of<ushort>(FileSection.ShortSlots), ids = Of<ushort>(FileSection.Ids);
        Column<int> longSlots = Of<int>(FileSection.LongSlots);
        Column<byte> text = Of<byte>(FileSection.Text), impacts = Of<byte>(FileSection.Impacts);
        int terms = textStarts.Length - 1, slots = TermTable.SlotsFor(Math.Max(terms, 0));
        if (terms < 0 || textStarts[terms] > text.Length || starts.Length != ((long)terms * _windows) + 1) return null;
        if (shortSlots.Length + longSlots.Length != slots || (shortSlots.Length > 0) != TermTable.HasShortSlots(terms)) return null;
        long postings = starts[starts.Length - 1];
        if (ids.Length != impacts.Length || postings > ids.Length - SegmentImpacts.Padding) return null;
        bool hasBlocks = header.Sections.BytesOf(FileSection.Skips) > 0;
        BlockIndex? blocks = hasBlocks ? Blocks(starts.Length - 1, (int)postings) : null;
        if (hasBlocks && blocks is null) return null;
        var table = new TermTable(text, textStarts, shortSlots, longSlots);
        return new SegmentImpacts(header.Documents, table, starts, ids, impacts, blocks, memory);
    }

    private BlockIndex? Blocks(int slices, int postings)
    {
        Column<int> rowOf = Of<int>(FileSection.RowOf);
        Column<ushort> skips = Of<ushort>(FileSection.Skips);
        ReadOnlySpan<long> lengths = Of<long>(FileSection.RowLengths).Span;
        if (rowOf.Length != slices || skips.Length < BlockIndex.SkipsFor(postings) || lengths.Length != _windows) return null;
        var rows = new Column<byte>[_windows];
        long next = header.Sections.OffsetOf(FileSection.Rows);
        for (int window = 0; window < rows.Length; window++)
        {
            if (lengths[window] < 0 || lengths[window] > header.Sections.End - next) return null;
            rows[window] = new Column<byte>(memory.First + next, (int)lengths[window]);
            next += lengths[window];
        }

        return next == header.Sections.End ? new BlockIndex(rowOf, rows, skips) : null;
    }

    private Column<T> Of<T>(FileSection section)
        where T : unmanaged => new(
            (T*)(memory.First + header.Sections.OffsetOf(section)), checked((int)(header.Sections.BytesOf(section) / sizeof(T))));
}
