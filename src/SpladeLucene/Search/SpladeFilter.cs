using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene;

/// <summary>
/// Lets pass the documents that a query finds, as <c>QueryWrapperFilter</c> does, but asks the whole index instead of each
/// segment by itself: a <see cref="SpladeQuery"/> anywhere in it keeps its floor and is scored over impacts in memory. May
/// be wrapped in a <c>CachingWrapperFilter</c>. Thread-safe.
/// </summary>
public sealed class SpladeFilter : Filter
{
    private readonly SpladeSearcherOptions _options;
    private readonly ConditionalWeakTable<IndexReader, Weight> _weights = [];

    /// <summary>Makes a filter.</summary>
    /// <param name="query">Any query.</param>
    /// <param name="options">Default: as for a <see cref="SpladeSearcher"/>.</param>
    public SpladeFilter(Query query, SpladeSearcherOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        Query = query;
        _options = options ?? new SpladeSearcherOptions();
    }

    /// <summary>What is let pass.</summary>
    public Query Query { get; }

    /// <inheritdoc/>
    public override DocIdSet GetDocIdSet(AtomicReaderContext context, IBits? acceptDocs)
    {
        ArgumentNullException.ThrowIfNull(context);
        Weight weight = _weights.GetValue(ReaderUtil.GetTopLevelContext(context).Reader, WeightIn);
        return new Passing(weight, context, acceptDocs);
    }

    /// <inheritdoc/>
    public override string ToString() => $"SpladeFilter({Query})";

    /// <summary>Same query.</summary>
    public override bool Equals(object? obj) => obj is SpladeFilter other && Query.Equals(other.Query);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(nameof(SpladeFilter), Query);

    private Weight WeightIn(IndexReader reader) => new SpladeSearcher(reader, _options).CreateNormalizedWeight(Query);

    private sealed class Passing(Weight weight, AtomicReaderContext context, IBits? acceptDocs) : DocIdSet
    {
        public override bool IsCacheable => false;

        public override DocIdSetIterator? GetIterator() => weight.GetScorer(context, acceptDocs);
    }
}
