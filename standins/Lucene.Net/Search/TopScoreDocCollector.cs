using Lucene.Net.Index;

namespace Lucene.Net.Search;

// Keeps the hits with the best scores; of equal scores, those with the smallest document numbers.
public abstract class TopScoreDocCollector : TopDocsCollector<ScoreDoc>
{
    private int _docBase;
    private Scorer? _scorer;

    private TopScoreDocCollector()
    {
    }

    public static TopScoreDocCollector Create(int numHits, bool docsScoredInOrder) =>
        Create(numHits, null, docsScoredInOrder);

    // Only the hits that come behind after in the order of hits, for the next page.
    public static TopScoreDocCollector Create(int numHits, ScoreDoc after, bool docsScoredInOrder)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numHits);
        return new Collector(numHits, after, docsScoredInOrder);
    }

    public override void SetNextReader(AtomicReaderContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _docBase = context.DocBase;
    }

    public override void SetScorer(Scorer scorer) => _scorer = scorer;

    private sealed class Collector(int numHits, ScoreDoc? after, bool inOrder) : TopScoreDocCollector
    {
        private readonly HitHeap _best = new(numHits);
        private readonly Hit? _after = after is null ? null : new Hit(after.Score, after.Doc);

        public override bool AcceptsDocsOutOfOrder => !inOrder;

        public override void Collect(int doc)
        {
            TotalHits++;
            var hit = new Hit(_scorer!.GetScore(), doc + _docBase);
            if (_after is null || hit.IsBehind(_after.Value))
            {
                _best.Offer(hit);
            }
        }

        private protected override TopDocs TakeTopDocs()
        {
            ScoreDoc[] hits = _best.TakeBestFirst();
            float maxScore = hits.Length == 0 || _after is not null ? float.NaN : hits[0].Score;
            return new TopDocs(TotalHits, hits, maxScore);
        }
    }
}
