namespace SpladeLucene.Impacts.Files;

/// <summary>What an <see cref="ImpactFile"/> holds behind its header, in this order.</summary>
internal enum FileSection
{
    /// <summary>A <see cref="SegmentHome"/>.</summary>
    Home,

    /// <summary>The next four are those of a <see cref="TermTable"/>.</summary>
    Text,
    TextStarts,
    ShortSlots,
    LongSlots,

    /// <summary>The next three are those of <see cref="SegmentImpacts"/>.</summary>
    Starts,
    Ids,
    Impacts,

    /// <summary>The rest is a <see cref="BlockIndex"/>, empty where there is none. The rows of each window: how many bytes, as
    /// numbers of 64 bits.</summary>
    RowLengths,
    RowOf,
    Skips,
    Rows,
}

/// <summary>Where the sections of a file lie: aligned to cache lines, the last one at the end.</summary>
internal sealed class FileSections
{
    public const int Count = (int)FileSection.Rows + 1;

    private const int Alignment = 64;

    private readonly long[] _offsets = new long[Count];
    private readonly long[] _bytes = new long[Count];

    private FileSections()
    {
    }

    public long End => _offsets[^1] + _bytes[^1];

    /// <summary>Places sections one behind the other.</summary>
    /// <param name="header">Where the first one begins, a multiple of 64.</param>
    /// <param name="bytes">How long each is.</param>
    public static FileSections Place(int header, Func<FileSection, long> bytes)
    {
        var sections = new FileSections();
        long next = header;
        for (int i = 0; i < Count; i++)
        {
            sections._offsets[i] = next;
            sections._bytes[i] = bytes((FileSection)i);
            next = (next + sections._bytes[i] + Alignment - 1) / Alignment * Alignment;
        }

        return sections;
    }

    public long OffsetOf(FileSection section) => _offsets[(int)section];

    public long BytesOf(FileSection section) => _bytes[(int)section];

    /// <summary>Says how long the last one became.</summary>
    public void Close(long rows) => _bytes[^1] = rows;
}
