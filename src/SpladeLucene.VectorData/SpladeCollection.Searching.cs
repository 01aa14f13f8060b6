using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;
using SpladeLucene.Encoding;
using SpladeLucene.Filters;
using SpladeLucene.Indexes;
using SpladeLucene.Model;

namespace SpladeLucene;

public sealed partial class SpladeCollection<TKey, TRecord>
{
    /// <summary>
    /// Finds the records whose meaning is nearest, by the dot product of their vectors with the query's, best first. Records that
    /// share no term with the query, or are under the model's floor, are no hits, so that there may be fewer than
    /// <paramref name="top"/>; a threshold takes the floor's place.
    /// </summary>
    /// <param name="searchValue">A text, which the model runs for, or a <see cref="SparseEmbedding"/>.</param>
    /// <param name="top">How many are wanted, at least 1.</param>
    /// <param name="options">Filter, threshold, hits to pass over; default none.</param>
    /// <param name="cancellationToken">Ends the work before the query is encoded, and during it where the encoder can.</param>
    /// <exception cref="NotSupportedException">The filter or the value can't be searched for; the message says what.</exception>
    /// <exception cref="SparseEncodingException">The model doesn't run for the text.</exception>
    /// <exception cref="VectorStoreException">The collection isn't there, or its index fails.</exception>
    public override IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new VectorSearchOptions<TRecord>();
        VectorSource vectors = SourceOf(Model.GetVectorPropertyOrSingle(options));
        var wanted = new Wanted(top, options.Skip, options.ScoreThreshold, Included(options.IncludeVectors), FilterOf(options.Filter));
        return RunAsync("Search", vectors, searchValue, wanted,
            (searcher, meaning) => searcher.Search(meaning, wanted.Filter, wanted.Depth(searcher)), cancellationToken);
    }

    /// <summary>
    /// Finds records by the words of one property and by meaning at once, the best of all hits first, as a
    /// <see cref="HybridSearcher"/> does.
    /// </summary>
    /// <param name="searchValue">A text, which the model runs for, or a <see cref="SparseEmbedding"/>.</param>
    /// <param name="keywords">Texts, of whose words any is looked for.</param>
    /// <param name="top">How many are wanted, at least 1.</param>
    /// <param name="options">Filter, properties, threshold, hits to pass over; default none.</param>
    /// <param name="cancellationToken">As for <see cref="SearchAsync"/>.</param>
    /// <exception cref="InvalidOperationException">The record has no property that is indexed as full text, or several and none is
    /// named.</exception>
    /// <exception cref="NotSupportedException">As for <see cref="SearchAsync"/>.</exception>
    /// <exception cref="SparseEncodingException">The model doesn't run for the text.</exception>
    /// <exception cref="VectorStoreException">The collection isn't there, or its index fails.</exception>
    public IAsyncEnumerable<VectorSearchResult<TRecord>> HybridSearchAsync<TInput>(TInput searchValue, ICollection<string> keywords, int top,
        HybridSearchOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
        where TInput : notnull
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        ArgumentNullException.ThrowIfNull(keywords);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new HybridSearchOptions<TRecord>();
        VectorSource vectors = SourceOf(Model.GetVectorPropertyOrSingle(new VectorSearchOptions<TRecord> { VectorProperty = options.VectorProperty }));
        string field = FieldNames.Words(Model.GetFullTextDataPropertyOrSingle(options.AdditionalProperty).StorageName);
        string words = string.Join('\n', keywords);
        var wanted = new Wanted(top, options.Skip, options.ScoreThreshold, Included(options.IncludeVectors), FilterOf(options.Filter));
        return RunAsync("HybridSearch", vectors, searchValue, wanted, (searcher, meaning) =>
        {
            OpenIndex open = _stored.Open(_fields);
            var query = new HybridQuery(WordsQuery.Of(words, [field], open.Words), meaning);
            if (open.Hybrid.RankConstant is null) query = query with { MeaningWeight = _store.Settings.MeaningWeight };
            return new HybridSearcher(searcher, open.Hybrid).Search(query, wanted.Depth(searcher), wanted.Filter);
        }, cancellationToken);
    }

    private async IAsyncEnumerable<VectorSearchResult<TRecord>> RunAsync(string operation, VectorSource vectors, object value, Wanted wanted,
        Func<SpladeSearcher, SpladeQuery, TopDocs> search, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        OpenIndex open = await GuardAsync(operation, () => _stored.Open(_fields), cancellationToken).ConfigureAwait(false);
        VectorSearchResult<TRecord>[] results;
        IndexSearcher searcher = Guard(operation, open.Searchers.Acquire);
        try
        {
            SpladeQuery meaning = await QueryAsync(searcher.IndexReader, vectors, value, wanted, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            results = Guard(operation, () => Results(searcher, search((SpladeSearcher)searcher, meaning), wanted));
        }
        finally
        {
            open.Searchers.Release(searcher);
        }

        foreach (VectorSearchResult<TRecord> result in results) yield return result;
    }

    private static async Task<SpladeQuery> QueryAsync(
        IndexReader reader, VectorSource vectors, object value, Wanted wanted, CancellationToken cancellationToken)
    {
        if (await vectors.OfQueryAsync(value, cancellationToken).ConfigureAwait(false) is { } vector)
            return new SpladeQuery(vectors.Field, vector, vectors.Definition.Format);
        var options = new SpladeQueryOptions
        {
            Format = vectors.Definition.Format,
            AllowMissingField = true,
            Floor = wanted.Threshold is null ? null : ScoreFloor.None,
        };
        return await SpladeQuery.CreateAsync(reader, vectors.Field, (string)value, vectors.Encoder, options, cancellationToken).ConfigureAwait(false);
    }

    private VectorSearchResult<TRecord>[] Results(IndexSearcher searcher, TopDocs found, Wanted wanted) => [.. found.ScoreDocs
        .TakeWhile(hit => wanted.Threshold is not { } least || hit.Score >= least).Skip(wanted.Skip)
        .Select(hit => new VectorSearchResult<TRecord>(_records.ToRecord<TRecord>(searcher.Doc(hit.Doc), wanted.WithVectors), hit.Score))];

    private VectorSource SourceOf(VectorPropertyModel property) => Array.Find(_vectors, vectors => vectors.Property == property)!;

    private QueryWrapperFilter? FilterOf(Expression<Func<TRecord, bool>>? filter) =>
        filter is null ? null : new QueryWrapperFilter(FilterTranslator.Translate(filter, Model));

    /// <exception cref="NotSupportedException">Texts became vectors that aren't kept.</exception>
    private bool Included(bool withVectors) => withVectors && Array.Exists(_vectors, vectors => !vectors.IsOwn)
        ? throw new NotSupportedException(VectorDataStrings.IncludeVectorsNotSupportedWithEmbeddingGeneration) : withVectors;

    private sealed record Wanted(int Top, int Skip, double? Threshold, bool WithVectors, Filter? Filter)
    {
        /// <summary>How many hits are looked for; no more than there are records.</summary>
        public int Depth(IndexSearcher searcher) => (int)Math.Clamp((long)Top + Skip, 1, Math.Max(1, searcher.IndexReader.MaxDoc));
    }
}
