using Lucene.Net.Index;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;

namespace Lucene.Net.Search;

public class TermQuery : Query
{
    public TermQuery(Term t)
    {
        Term = t;
    }

    public virtual Term Term { get; }

    public override Weight CreateWeight(IndexSearcher searcher) => new TermWeight(this, searcher);

    public override void ExtractTerms(ISet<Term> terms) => terms.Add(Term);

    public override string ToString(string field) =>
        (Term.Field == field ? "" : Term.Field + ":") + Term.Text + BoostText();

    public override bool Equals(object obj) => base.Equals(obj) && ((TermQuery)obj!).Term.Equals(Term);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Term);

    private sealed class TermWeight : Weight
    {
        private readonly TermQuery _query;
        private readonly Similarity _similarity;
        private readonly Similarity.SimWeight _weight;

        internal TermWeight(TermQuery query, IndexSearcher searcher)
        {
            _query = query;
            _similarity = searcher.Similarity;
            _weight = _similarity.ComputeWeight(
                query.Boost, searcher.StatisticsOf(query.Term.Field), searcher.StatisticsOf(query.Term));
        }

        public override Query Query => _query;

        public override float GetValueForNormalization() => _weight.GetValueForNormalization();

        public override void Normalize(float norm, float topLevelBoost) => _weight.Normalize(norm, topLevelBoost);

        public override Scorer GetScorer(AtomicReaderContext context, IBits acceptDocs)
        {
            DocsEnum? docs = context.AtomicReader.Seek(_query.Term)?.Docs(acceptDocs, null);
            return docs is null ? null : new TermScorer(this, docs, _similarity.GetSimScorer(_weight, context));
        }

        public override Explanation Explain(AtomicReaderContext context, int doc)
        {
            Scorer? scorer = GetScorer(context, context.AtomicReader.LiveDocs);
            if (scorer is null || scorer.Advance(doc) != doc)
            {
                return new ComplexExplanation(false, 0f, "no matching term");
            }
            var freq = new Explanation(scorer.Freq, $"termFreq={(float)scorer.Freq}");
            Explanation score = _similarity.GetSimScorer(_weight, context).Explain(doc, freq);
            string title = $"weight({_query} in {doc}) [{_similarity.GetType().Name}], result of:";
            return new ComplexExplanation(true, score.Value, title).With(score);
        }
    }

    private sealed class TermScorer(Weight weight, DocsEnum docs, Similarity.SimScorer similarity) : Scorer(weight)
    {
        public override int DocID => docs.DocID;

        public override int Freq => docs.Freq;

        public override int NextDoc() => docs.NextDoc();

        public override int Advance(int target) => docs.Advance(target);

        public override long GetCost() => docs.GetCost();

        public override float GetScore() => similarity.Score(docs.DocID, docs.Freq);
    }
}
