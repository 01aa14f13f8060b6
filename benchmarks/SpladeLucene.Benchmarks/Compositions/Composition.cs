using Lucene.Net.Search;

namespace SpladeLucene.Benchmarks.Compositions;

/// <summary>One way to search.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Search">Searches for the query of a number.</param>
internal sealed record Composition(string Name, Func<IndexSearcher, int, Found> Search)
{
    /// <summary>Whether an ordinary searcher can do it too; what can't is compared with a searcher without memory.</summary>
    public bool IsPlain { get; init; } = true;
}

/// <summary>What a search gave: how many hits there are, and the best with the bits of their scores.</summary>
internal sealed record Found(int Total, IReadOnlyList<(int Doc, int Score)> Hits)
{
    public static Found Of(TopDocs top) => new(top.TotalHits,
        [.. top.ScoreDocs.Select(hit => (hit.Doc, BitConverter.SingleToInt32Bits(hit.Score)))]);

    public bool IsLike(Found other) => Total == other.Total && Hits.SequenceEqual(other.Hits);
}

/// <summary>A composition with its times, means of queries in microseconds, of each query the least of equally many passes.
/// </summary>
/// <param name="Composition">Which.</param>
/// <param name="Time">In a <see cref="SpladeSearcher"/>, of all queries.</param>
/// <param name="Hits">How many hits a query has.</param>
internal sealed record CompositionTiming(Composition Composition, double Time, double Hits)
{
    /// <summary>In an <c>IndexSearcher</c>, of the first queries; null where it can't be.</summary>
    public double? PlainTime { get; init; }

    /// <summary>In a <see cref="SpladeSearcher"/>, of the same queries as <see cref="PlainTime"/>.</summary>
    public double? TimeBesidePlain { get; init; }
}
