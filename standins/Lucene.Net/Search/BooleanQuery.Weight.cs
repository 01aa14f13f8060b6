using Lucene.Net.Index;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;

namespace Lucene.Net.Search;

public partial class BooleanQuery
{
    private sealed class BooleanWeight : Weight
    {
        private readonly BooleanQuery _query;
        private readonly Similarity _similarity;
        private readonly List<(BooleanClause Clause, Weight Weight)> _clauses;
        private readonly int _maxCoord;

        internal BooleanWeight(BooleanQuery query, IndexSearcher searcher)
        {
            _query = query;
            _similarity = searcher.Similarity;
            _clauses = query._clauses.ConvertAll(clause => (clause, clause.Query.CreateWeight(searcher)));
            _maxCoord = query._clauses.Count(clause => !clause.IsProhibited);
        }

        public override Query Query => _query;

        public override bool ScoresDocsOutOfOrder =>
            _query.MinimumNumberShouldMatch <= 1 && !_clauses.Exists(c => c.Clause.IsRequired);

        public override float GetValueForNormalization()
        {
            float sum = 0f;
            foreach ((BooleanClause clause, Weight weight) in _clauses)
            {
                float value = weight.GetValueForNormalization();
                sum += clause.IsProhibited ? 0f : value;
            }
            return sum * (_query.Boost * _query.Boost);
        }

        public override void Normalize(float norm, float topLevelBoost)
        {
            topLevelBoost *= _query.Boost;
            _clauses.ForEach(c => c.Weight.Normalize(norm, topLevelBoost));
        }

        public override Scorer GetScorer(AtomicReaderContext context, IBits acceptDocs)
        {
            var scorers = new ClauseScorers();
            foreach ((BooleanClause clause, Weight weight) in _clauses)
            {
                if (!scorers.Add(clause.Occur, weight.GetScorer(context, acceptDocs)))
                {
                    return null;
                }
            }
            return scorers.Combine(this, _query.MinimumNumberShouldMatch, CoordOf);
        }

        // Clauses that need not be walked side by side are added up one after the other, window by window.
        public override BulkScorer GetBulkScorer(
            AtomicReaderContext context, bool scoreDocsInOrder, IBits acceptDocs)
        {
            if (scoreDocsInOrder || !ScoresDocsOutOfOrder)
            {
                return base.GetBulkScorer(context, scoreDocsInOrder, acceptDocs);
            }
            var optional = new List<BulkScorer>();
            var prohibited = new List<BulkScorer>();
            foreach ((BooleanClause clause, Weight weight) in _clauses)
            {
                if (weight.GetBulkScorer(context, false, acceptDocs) is { } scorer)
                {
                    (clause.IsProhibited ? prohibited : optional).Add(scorer);
                }
            }
            float[] coords = [.. Enumerable.Range(0, optional.Count + 1).Select(CoordOf)];
            return new WindowScorer(this, optional, prohibited, _query.MinimumNumberShouldMatch, coords);
        }

        public override Explanation Explain(AtomicReaderContext context, int doc)
        {
            var explainer = new BooleanExplainer(context, doc);
            foreach ((BooleanClause clause, Weight weight) in _clauses)
            {
                explainer.Add(clause, weight);
            }
            return explainer.Result(_query.MinimumNumberShouldMatch, _maxCoord, CoordOf);
        }

        private float CoordOf(int matches)
        {
            if (_query.CoordDisabled || _maxCoord == 1)
            {
                return 1f;
            }
            return _similarity.Coord(matches, _maxCoord);
        }
    }
}
