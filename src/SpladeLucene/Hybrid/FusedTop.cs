using Lucene.Net.Search;

namespace SpladeLucene.Hybrid;

/// <summary>Walks all sides' hits by document, adds up what they give it, and keeps the best.</summary>
/// <param name="sides">All hits of each side.</param>
/// <param name="best">Keeps them.</param>
internal sealed class FusedTop(SideHits[] sides, BestFused best)
{
    private readonly int[] _places = new int[sides.Length];

    public void Find()
    {
        for (int doc = Next(); doc != int.MaxValue; doc = Next())
        {
            best.Count(1);
            Offer(doc, Sum(doc));
            for (int i = 0; i < sides.Length; i++)
            {
                if (sides[i].Doc(_places[i]) == doc) _places[i]++;
            }
        }
    }

    private int Next()
    {
        int next = int.MaxValue;
        for (int i = 0; i < sides.Length; i++) next = Math.Min(next, sides[i].Doc(_places[i]));
        return next;
    }

    private float Sum(int doc)
    {
        double sum = 0;
        for (int i = 0; i < sides.Length; i++)
        {
            if (sides[i].Doc(_places[i]) == doc) sum += sides[i].Adds(_places[i]);
        }

        return (float)sum;
    }

    private void Offer(int doc, float score)
    {
        if (!best.Takes(doc, score)) return;
        best.Keep(new HybridHit(doc, score, [.. sides.Select((side, i) => (side, place: _places[i]))
            .Where(each => each.side.Doc(each.place) == doc).Select(each => each.side.Part(each.place))]));
    }
}

/// <summary>Counts fused hits and keeps the best of them, whatever order they come in.</summary>
/// <param name="n">How many are kept.</param>
/// <param name="after">The last hit of the page before; null for the first page.</param>
internal sealed class BestFused(int n, ScoreDoc? after)
{
    // The worst of the kept comes out first: the lowest score and of these the last document.
    private readonly PriorityQueue<HybridHit, (float Score, int Last)> _kept = new();

    private int _total;
    private float _best = float.NaN;

    /// <summary>What a hit has to score to be kept, if not more.</summary>
    public float Least { get; private set; } = float.NegativeInfinity;

    public void Count(int hits) => _total += hits;

    /// <summary>Whether a hit is to be kept.</summary>
    public bool Takes(int doc, float score)
    {
        if (!(score <= _best)) _best = score;
        if (after is not null && (score > after.Score || (score == after.Score && doc <= after.Doc))) return false;
        if (_kept.Count < n) return true;
        HybridHit worst = _kept.Peek();
        return score > worst.Score || (score == worst.Score && doc < worst.Doc);
    }

    public void Keep(HybridHit hit)
    {
        if (_kept.Count == n) _kept.Dequeue();
        _kept.Enqueue(hit, (hit.Score, -hit.Doc));
        if (_kept.Count == n) Least = _kept.Peek().Score;
    }

    public HybridTopDocs ToTopDocs(SparseEncodingException? failure)
    {
        var hits = new HybridHit[_kept.Count];
        for (int i = hits.Length - 1; i >= 0; i--) hits[i] = _kept.Dequeue();
        return new HybridTopDocs(_total, hits, _best, failure);
    }
}
