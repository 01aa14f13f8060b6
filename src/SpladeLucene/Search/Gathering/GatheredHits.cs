namespace SpladeLucene.Search.Gathering;

/// <summary>All documents of an index, deleted ones too, that reach a least sum, by ascending document. Immutable and
/// thread-safe.</summary>
internal sealed class GatheredHits
{
    // Pieces of 32 KB: a large array would cost more to make than the hits cost to find.
    private const int PieceShift = 12;
    private const int PieceSize = 1 << PieceShift;

    private readonly ulong[][] _pieces;

    /// <param name="hits">As <see cref="Hit"/> makes them, by ascending document.</param>
    public GatheredHits(ReadOnlySpan<ulong> hits)
    {
        Count = hits.Length;
        _pieces = new ulong[(hits.Length + PieceSize - 1) >> PieceShift][];
        for (int piece = 0; piece < _pieces.Length; piece++)
        {
            ReadOnlySpan<ulong> rest = hits[(piece << PieceShift)..];
            _pieces[piece] = rest[..Math.Min(PieceSize, rest.Length)].ToArray();
        }
    }

    public int Count { get; }

    /// <summary>A document of the whole index and its sum as a number that orders by document.</summary>
    public static ulong Hit(int doc, int sum) => ((ulong)(uint)doc << 32) | (uint)sum;

    public static int DocOf(ulong hit) => (int)(hit >> 32);

    public static int SumOf(ulong hit) => (int)(uint)hit;

    public int Doc(int place) => DocOf(At(place));

    public int Sum(int place) => SumOf(At(place));

    /// <summary>The place of the first hit from a place on that is not before <paramref name="doc"/>; <see cref="Count"/> where there
    /// is none.</summary>
    public int Seek(int place, int doc)
    {
        int step = 1;
        while (place + step < Count && Doc(place + step) < doc) step <<= 1;
        int low = Math.Min(place + (step >> 1), Count), high = Math.Min(place + step, Count);
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Doc(middle) < doc) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private ulong At(int place) => _pieces[place >> PieceShift][place & (PieceSize - 1)];
}
