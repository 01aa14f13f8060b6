namespace SpladeLucene.Search.Gathering;

/// <summary>All documents of an index, deleted ones too, that reach a least sum, by ascending document. Immutable and
/// thread-safe.</summary>
internal sealed class GatheredHits
{
    private readonly int[] _docs;
    private readonly int[] _sums;

    /// <param name="docs">Documents of the whole index, ascending.</param>
    /// <param name="sums">What each of them scores as an integer.</param>
    public GatheredHits(int[] docs, int[] sums) => (_docs, _sums) = (docs, sums);

    public int Count => _docs.Length;

    public int Doc(int place) => _docs[place];

    public int Sum(int place) => _sums[place];

    /// <summary>The place of the first hit from a place on that is not before <paramref name="doc"/>; <see cref="Count"/> where there
    /// is none.</summary>
    public int Seek(int place, int doc)
    {
        int step = 1;
        while (place + step < _docs.Length && _docs[place + step] < doc) step <<= 1;
        int from = Math.Min(place + (step >> 1), _docs.Length), found =
            _docs.AsSpan(from..Math.Min(place + step + 1, _docs.Length)).BinarySearch(doc);
        return from + (found < 0 ? ~found : found);
    }
}
