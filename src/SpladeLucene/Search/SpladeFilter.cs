using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene;

/// <summary>
/// Lets pass the documents that a query finds, as <c>QueryWrapperFilter</c> does, but asks the whole index instead of each
/// segment by itself: a <see cref="SpladeQuery"/> anywhere in it keeps its floor and is scored over impacts in memory. Thread-safe.
/// </summary>
/// <remarks>
/// What passes in a segment hangs on the other segments too, by the floor and by document frequencies. A
/// <c>CachingWrapperFilter</c> remembers it by segment, so around this one it is right for one reader only: make another after
/// reopening.
/// </remarks>
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

/// <summary>Tells a segment that is asked by itself, as a <c>QueryWrapperFilter</c> does, from an index.</summary>
internal static class WholeIndex
{
    /// <param name="reader">What was asked.</param>
    /// <param name="field">The field that the query asks for.</param>
    /// <param name="what">What only a whole index knows, as the beginning of a sentence.</param>
    /// <exception cref="InvalidOperationException">It is a segment; the message says what to do.</exception>
    public static void Require(IndexReader reader, string field, string what)
    {
        if (reader is not AtomicReader atomic || FilterAtomicReader.Unwrap(atomic) is not SegmentReader) return;
        throw new InvalidOperationException(
            $"{what} over '{field}' were asked of a segment by itself, as QueryWrapperFilter does, and only the whole index "
            + $"has them: use {nameof(SpladeFilter)} in its place, or a query without a floor and an exponent "
            + $"({nameof(ScoreFloor)}.{nameof(ScoreFloor.None)}, {nameof(SpladeQueryOptions.IdfExponent)} = 0).");
    }
}
