using System.Numerics;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Hybrid;

/// <summary>
/// Collects hits that come in any order within blocks of 2,048 documents, as Lucene's fastest scorer of optional clauses
/// gives them, and hands them on by ascending document.
/// </summary>
internal sealed class BlockCollector(SideHits hits) : ICollector
{
    private const int Shift = 11;
    private const int Size = 1 << Shift;

    private readonly double[] _scores = new double[Size];
    private readonly ulong[] _found = new ulong[Size / 64];
    private Scorer? _scorer;
    private int _docBase;
    private int _block;

    public bool AcceptsDocsOutOfOrder => true;

    public void SetScorer(Scorer scorer) => _scorer = scorer;

    public void SetNextReader(AtomicReaderContext context)
    {
        Flush();
        _docBase = context.DocBase;
    }

    public void Collect(int doc)
    {
        int block = doc >> Shift, place = doc & (Size - 1);
        if (block != _block)
        {
            Flush();
            _block = block;
        }

        _scores[place] = _scorer!.GetScore();
        _found[place >> 6] |= 1UL << place;
    }

    /// <summary>All hits, in order.</summary>
    public SideHits Finish()
    {
        Flush();
        hits.Sort();
        return hits;
    }

    private void Flush()
    {
        int first = _docBase + (_block << Shift);
        for (int word = 0; word < _found.Length; word++)
        {
            for (ulong left = _found[word]; left != 0; left &= left - 1)
            {
                int place = (word << 6) + BitOperations.TrailingZeroCount(left);
                hits.Add(first + place, _scores[place]);
            }

            _found[word] = 0;
        }
    }
}
