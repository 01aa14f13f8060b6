namespace Lucene.Net.Search;

// The documents that at least so many scorers match.
internal sealed class DisjunctionScorer : CountingScorer
{
    // A heap by document: the scorers that stand on the first document are at the root and below each other.
    private readonly Scorer[] _heap;
    private readonly int _minMatch;
    private int _count;
    private int _doc = -1;
    private int _matches;
    private double _sum;

    internal DisjunctionScorer(Weight weight, IReadOnlyCollection<Scorer> scorers, int minMatch) : base(weight)
    {
        _heap = [.. scorers];
        _count = _heap.Length;
        _minMatch = minMatch;
    }

    public override int DocID => _doc;

    internal override int Matches => _matches;

    public override int NextDoc() => Advance(_doc + 1);

    public override int Advance(int target)
    {
        do
        {
            MoveAllTo(target);
            if (_count < _minMatch)
            {
                return _doc = NO_MORE_DOCS;
            }
            _doc = _heap[0].DocID;
            target = _doc + 1;
            AddUp();
        }
        while (_matches < _minMatch);
        return _doc;
    }

    public override long GetCost()
    {
        long sum = 0;
        for (int i = 0; i < _count; i++)
        {
            sum += _heap[i].GetCost();
        }
        return sum * _minMatch;
    }

    public override float GetScore() => (float)_sum;

    private void MoveAllTo(int target)
    {
        while (_count > 0 && _heap[0].DocID < target)
        {
            if (_heap[0].Advance(target) == NO_MORE_DOCS)
            {
                _heap[0] = _heap[--_count];
            }
            SiftDown(0);
        }
    }

    private void AddUp()
    {
        _matches = 0;
        _sum = 0;
        AddUpBelow(0);
    }

    private void AddUpBelow(int i)
    {
        if (i < _count && _heap[i].DocID == _doc)
        {
            _matches++;
            _sum += _heap[i].GetScore();
            AddUpBelow((2 * i) + 1);
            AddUpBelow((2 * i) + 2);
        }
    }

    private void SiftDown(int i)
    {
        Scorer moved = _heap[i];
        while (true)
        {
            int child = (2 * i) + 1;
            if (child + 1 < _count && _heap[child + 1].DocID < _heap[child].DocID)
            {
                child++;
            }
            if (child >= _count || _heap[child].DocID >= moved.DocID)
            {
                _heap[i] = moved;
                return;
            }
            _heap[i] = _heap[child];
            i = child;
        }
    }
}
