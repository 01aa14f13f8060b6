using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Search.Disjunction;

/// <summary>
/// Collects hits that come in any order within blocks of 2,048 documents, as Lucene's fastest scorer of optional clauses
/// gives them, and hands them on by ascending document.
/// </summary>
internal sealed class BlockCollector(IBlockHits hits) : ICollector
{
    private const int Shift = 11;
    private const int Size = 1 << Shift;

    private readonly float[] _scores = new float[Size];
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

    /// <summary>Hands the last hits on, and sorts all.</summary>
    public void Finish()
    {
        Flush();
        hits.Sort();
    }

    private void Flush()
    {
        hits.AddBlock(_docBase + (_block << Shift), _found, _scores);
        _found.AsSpan().Clear();
    }
}
