using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Lucene.Net.Search;

public class MatchAllDocsQuery : Query
{
    public override Weight CreateWeight(IndexSearcher searcher) => new MatchAllWeight(this);

    public override void ExtractTerms(ISet<Term> terms)
    {
    }

    public override string ToString(string field) => "*:*" + BoostText();

    private sealed class MatchAllWeight(MatchAllDocsQuery query) : Weight
    {
        private readonly ConstantScore _score = new(query);

        public override Query Query => query;

        public override float GetValueForNormalization() => _score.GetValueForNormalization();

        public override void Normalize(float norm, float topLevelBoost) => _score.Normalize(norm, topLevelBoost);

        public override Scorer GetScorer(AtomicReaderContext context, IBits acceptDocs) =>
            new ConstantScorer(this, new AllDocs(context.Reader.MaxDoc, acceptDocs), _score.Value);

        public override Explanation Explain(AtomicReaderContext context, int doc)
        {
            var explanation = new ComplexExplanation(true, _score.Value, "MatchAllDocsQuery, product of:");
            if (query.Boost != 1f)
            {
                explanation.AddDetail(new Explanation(query.Boost, "boost"));
            }
            return explanation.With(new Explanation(_score.QueryNorm, "queryNorm"));
        }
    }

    private sealed class AllDocs(int maxDoc, IBits? acceptDocs) : DocIdSetIterator
    {
        private int _doc = -1;

        public override int DocID => _doc;

        public override int NextDoc() => Advance(_doc + 1);

        public override int Advance(int target)
        {
            for (_doc = target; _doc < maxDoc; _doc++)
            {
                if (acceptDocs is null || acceptDocs.Get(_doc))
                {
                    return _doc;
                }
            }
            return _doc = NO_MORE_DOCS;
        }

        public override long GetCost() => maxDoc;
    }
}
