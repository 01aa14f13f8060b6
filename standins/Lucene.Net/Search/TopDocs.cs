using System.Diagnostics.CodeAnalysis;

namespace Lucene.Net.Search;

public class ScoreDoc
{
    public ScoreDoc(int doc, float score)
    {
        Doc = doc;
        Score = score;
    }

    public int Doc { get; set; }

    public float Score { get; set; }

    public override string ToString() => $"doc={Doc} score={Score}";
}

// The best hits, the number of all hits, and the best score, NaN where it is not known.
public class TopDocs
{
    public TopDocs(int totalHits, ScoreDoc[] scoreDocs, float maxScore)
    {
        TotalHits = totalHits;
        ScoreDocs = scoreDocs;
        MaxScore = maxScore;
    }

    public int TotalHits { get; set; }

    [SuppressMessage("Performance", "CA1819", Justification = "The published type hands out its array.")]
    public ScoreDoc[] ScoreDocs { get; set; }

    public virtual float MaxScore { get; set; }
}
