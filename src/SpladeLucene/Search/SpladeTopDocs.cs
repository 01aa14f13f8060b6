using Lucene.Net.Search;

namespace SpladeLucene;

/// <summary>What a <see cref="SpladeSearcher"/> finds: the hits, and how they were found.</summary>
public sealed class SpladeTopDocs : TopDocs
{
    internal SpladeTopDocs(
        int totalHits, bool isLowerBound, ScoreDoc[] scoreDocs, float maxScore, IReadOnlyList<SegmentReport> segments)
        : base(totalHits, scoreDocs, maxScore)
    {
        TotalHitsIsLowerBound = isLowerBound;
        Segments = segments;
    }

    /// <summary>Whether more documents may match than <see cref="TopDocs.TotalHits"/> says.</summary>
    public bool TotalHitsIsLowerBound { get; }

    /// <summary>Whether documents that belong here may be missing, as <see cref="SpladeSearchOptions.Approximation"/> or
    /// <see cref="SpladeSearchOptions.TermPruning"/> allows, and some that are a little under a floor may stand here.</summary>
    public bool IsApproximate { get; internal init; }

    /// <summary>How each segment was searched, in the order of the index.</summary>
    public IReadOnlyList<SegmentReport> Segments { get; }
}
