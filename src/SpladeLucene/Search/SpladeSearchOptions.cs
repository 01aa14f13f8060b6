using SpladeLucene.Search.Simd;

namespace SpladeLucene;

/// <summary>How one search of a <see cref="SpladeSearcher"/> is done; by default exact in every respect.</summary>
public sealed record SpladeSearchOptions
{
    /// <summary>
    /// Whether <c>TotalHits</c> is the number of all documents that match, as everywhere in Lucene 4.8. If not, documents
    /// that can't be among the best are skipped uncounted, which is much faster for few hits;
    /// <see cref="SpladeTopDocs.TotalHitsIsLowerBound"/> says whether any were. Default: yes.
    /// </summary>
    public bool CountAllHits { get; init; } = true;

    /// <summary>
    /// How segments are searched. Default: the cheapest way. <see cref="SearchAlgorithm.BlockMax"/> applies only
    /// where not all hits are counted and in segments that have block maxima; elsewhere windows are used, and where an approximate
    /// search finds fewer hits than are wanted.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such algorithm.</exception>
    public SearchAlgorithm Algorithm
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such algorithm.");
    }

    /// <summary>Scores fewer query terms, for speed. Default: none is left out.</summary>
    public QueryTermPruning TermPruning
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = QueryTermPruning.None;

    /// <summary>
    /// The approximate mode, for few hits of millions of documents: the lightest query terms, up to this share of the query's
    /// weight, count with a quarter of the most that they can give where block-max pruning decides which documents to look at, 0 to
    /// under 1. Every document that is looked at gets its exact score from all terms, but one that owes its place to light terms can be missed.
    /// <see cref="SpladeSearcher.MeasureRecall"/> says how many are; <c>benchmarks/results</c> holds what was measured. Where
    /// segments aren't searched by block-max pruning nothing is missed, and nothing saved. A floor that is a share of the best scores
    /// is a share of those found, unless a search before has found the best: documents a little under it may come too. With a filter, a
    /// boost or for a later page the best are found first, once a query and index, by an exact search. Not together with
    /// <see cref="CountAllHits"/>, which looks at everything, nor with an <see cref="Algorithm"/> that does. Default: 0, exact.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is under 0, not under 1 or no number.</exception>
    public double Approximation
    {
        get;
        init => field = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A share of the weight that may be left out is at least 0 and under 1.");
    }

    internal VectorWidth Vectors { get; init; } = VectorWidths.Best;

    /// <summary>These, unless they contradict each other.</summary>
    /// <exception cref="ArgumentException">They do.</exception>
    internal SpladeSearchOptions Checked(string parameter)
    {
        if (Approximation == 0) return this;
        if (CountAllHits)
        {
            throw new ArgumentException(
                $"An approximate search can't count all hits: set {nameof(CountAllHits)} to false, or {nameof(Approximation)} to 0.",
                parameter);
        }

        return Algorithm is SearchAlgorithm.Automatic or SearchAlgorithm.BlockMax
            ? this
            : throw new ArgumentException(
                $"{nameof(Approximation)} is for block-max pruning: with {nameof(Algorithm)} {Algorithm} every document is looked at.", parameter);
    }

    /// <summary>Terms that weigh less don't bound blocks; 0 where all do.</summary>
    internal int LeastBoundingWeight(ReadOnlySpan<QuantizedTerm> terms)
    {
        if (Approximation == 0) return 0;
        long total = 0, left = 0;
        var weights = new int[terms.Length];
        for (int i = 0; i < weights.Length; i++) total += weights[i] = terms[i].Weight;
        Array.Sort(weights);
        foreach (int weight in weights)
        {
            left += weight;
            if (left > Approximation * total) return weight;
        }

        return 0;
    }
}
