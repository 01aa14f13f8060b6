using Lucene.Net.Search;

namespace SpladeLucene;

/// <summary>Hands what Lucene found to <see cref="RankFusion"/>.</summary>
public static class TopDocsExtensions
{
    /// <summary>The hits by Lucene's number of the document: fuse only what one reader has found.</summary>
    public static IReadOnlyList<RankedHit<int>> ToRanking(this TopDocs found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return Array.ConvertAll(found.ScoreDocs, hit => new RankedHit<int>(hit.Doc, hit.Score));
    }
}
