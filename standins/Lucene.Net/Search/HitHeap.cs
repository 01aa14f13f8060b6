namespace Lucene.Net.Search;

// A document with its score, in the order of results: by falling score, then by rising number.
internal readonly record struct Hit(float Score, int Doc)
{
    internal bool IsBehind(Hit other)
    {
        int mine = Sortable(Score);
        int others = Sortable(other.Score);
        return mine < others || (mine == others && Doc > other.Doc);
    }

    // Ints in the order of the floats, with -0 before 0.
    private static int Sortable(float score)
    {
        int bits = BitConverter.SingleToInt32Bits(score);
        return bits ^ ((bits >> 31) & int.MaxValue);
    }
}

// The best hits so far, the worst of them at the root.
internal sealed class HitHeap(int capacity)
{
    private readonly List<Hit> _hits = [];

    internal void Offer(Hit hit)
    {
        if (_hits.Count < capacity)
        {
            _hits.Add(hit);
            SiftUp(_hits.Count - 1);
        }
        else if (_hits[0].IsBehind(hit))
        {
            _hits[0] = hit;
            SiftDown(0);
        }
    }

    internal ScoreDoc[] TakeBestFirst()
    {
        _hits.Sort((left, right) => left == right ? 0 : left.IsBehind(right) ? 1 : -1);
        return [.. _hits.Select(hit => new ScoreDoc(hit.Doc, hit.Score))];
    }

    private void SiftUp(int i)
    {
        while (i > 0 && _hits[i].IsBehind(_hits[(i - 1) / 2]))
        {
            Swap(i, (i - 1) / 2);
            i = (i - 1) / 2;
        }
    }

    private void SiftDown(int i)
    {
        while (true)
        {
            int worst = i;
            for (int child = (2 * i) + 1; child <= (2 * i) + 2 && child < _hits.Count; child++)
            {
                worst = _hits[child].IsBehind(_hits[worst]) ? child : worst;
            }
            if (worst == i)
            {
                return;
            }
            Swap(i, worst);
            i = worst;
        }
    }

    private void Swap(int i, int j) => (_hits[i], _hits[j]) = (_hits[j], _hits[i]);
}
