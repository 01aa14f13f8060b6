using Lucene.Net.Search;

namespace SpladeLucene.Hybrid;

/// <summary>Walks all sides' hits by document, adds up what they give it, and keeps the best.</summary>
/// <param name="sides">All hits of each side.</param>
/// <param name="n">How many are kept.</param>
/// <param name="after">The last hit of the page before; null for the first page.</param>
internal sealed class FusedTop(SideHits[] sides, int n, ScoreDoc? after)
{
    private readonly int[] _places = new int[sides.Length];

    // The worst of the kept comes out first: the lowest score and of these the last document.
    private readonly PriorityQueue<HybridHit, (float Score, int Last)> _kept = new();

    private int _total;
    private float _best = float.NaN;

    public HybridTopDocs Find(SparseEncodingException? failure)
    {
        for (int doc = Next(); doc != int.MaxValue; doc = Next())
        {
            _total++;
            Offer(doc, Sum(doc));
            for (int i = 0; i < sides.Length; i++)
            {
                if (sides[i].Doc(_places[i]) == doc) _places[i]++;
            }
        }

        var hits = new HybridHit[_kept.Count];
        for (int i = hits.Length - 1; i >= 0; i--) hits[i] = _kept.Dequeue();
        return new HybridTopDocs(_total, hits, _best, failure);
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
        if (!(score <= _best)) _best = score;
        if (after is not null && (score > after.Score || (score == after.Score && doc <= after.Doc))) return;
        if (_kept.Count == n)
        {
            // Documents come in their order, so one that is as good as the worst kept stands behind it.
            if (_kept.Peek().Score >= score) return;
            _kept.Dequeue();
        }

        HybridPart[] parts = [.. sides.Select((side, i) => (side, place: _places[i]))
            .Where(each => each.side.Doc(each.place) == doc).Select(each => each.side.Part(each.place))];
        _kept.Enqueue(new HybridHit(doc, score, parts), (score, -doc));
    }
}
