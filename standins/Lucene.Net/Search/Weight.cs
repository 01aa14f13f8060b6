using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Lucene.Net.Search;

// A query made ready for one searcher.
public abstract class Weight
{
    public abstract Query Query { get; }

    public virtual bool ScoresDocsOutOfOrder => false;

    public abstract float GetValueForNormalization();

    public abstract void Normalize(float norm, float topLevelBoost);

    public abstract Explanation Explain(AtomicReaderContext context, int doc);

    // Null where nothing matches.
    public abstract Scorer GetScorer(AtomicReaderContext context, IBits acceptDocs);

    public virtual BulkScorer GetBulkScorer(AtomicReaderContext context, bool scoreDocsInOrder, IBits acceptDocs)
    {
        Scorer? scorer = GetScorer(context, acceptDocs);
        return scorer is null ? null : new ScorerWalk(scorer);
    }

    // Collects what a scorer finds.
    private sealed class ScorerWalk(Scorer scorer) : BulkScorer
    {
        public override bool Score(ICollector collector, int max)
        {
            collector.SetScorer(scorer);
            int doc = scorer.DocID < 0 ? scorer.NextDoc() : scorer.DocID;
            while (doc < max)
            {
                collector.Collect(doc);
                doc = scorer.NextDoc();
            }
            return doc != DocIdSetIterator.NO_MORE_DOCS;
        }
    }
}
