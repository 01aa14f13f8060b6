using Lucene.Net.Search;

namespace SpladeLucene.TestSupport;

/// <summary>Compares what a search found with what it should have found.</summary>
public static class TopDocsAssert
{
    /// <summary>Same ids, same scores, same order, and the same number of all hits, or one that isn't more where the
    /// count is open (false), or any (null).</summary>
    public static void Equal(
        IReadOnlyList<ScoreDoc> expected, TopDocs found, int k, string because, bool? counted = true)
    {
        string total = $"{because}: {found.TotalHits} of {expected.Count} hits";
        if (counted == true) Assert.True(expected.Count == found.TotalHits, total);
        else if (counted == false) Assert.True(found.TotalHits <= expected.Count, total);
        int length = Math.Min(k, expected.Count);
        Assert.True(length == found.ScoreDocs.Length, $"{because}: {length} wanted, {found.ScoreDocs.Length} returned");
        for (int i = 0; i < length; i++)
        {
            Assert.True(expected[i].Doc == found.ScoreDocs[i].Doc && expected[i].Score == found.ScoreDocs[i].Score,
                $"{because}, rank {i}: expected {expected[i]}, found {found.ScoreDocs[i]}");
        }
    }
}
