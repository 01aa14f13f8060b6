using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Takes the score of every hit.</summary>
internal sealed class AllScores : ICollector
{
    private readonly SortedDictionary<int, float> _scores = [];
    private Scorer? _scorer;
    private int _docBase;

    public bool AcceptsDocsOutOfOrder => true;

    public static SortedDictionary<int, float> Of(IndexSearcher searcher, Query query)
    {
        var scores = new AllScores();
        searcher.Search(query, scores);
        return scores._scores;
    }

    public void SetScorer(Scorer scorer) => _scorer = scorer;

    public void Collect(int doc) => _scores.Add(_docBase + doc, _scorer!.GetScore());

    public void SetNextReader(AtomicReaderContext context) => _docBase = context.DocBase;
}
