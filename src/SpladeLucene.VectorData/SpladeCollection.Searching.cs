using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;
using SpladeLucene.Encoding;
using SpladeLucene.Filters;
using SpladeLucene.Hosting;
using SpladeLucene.Indexes;
using SpladeLucene.Model;
using SpladeLucene.Storage;
using SpladeLucene.Telemetry;

namespace SpladeLucene;

public sealed partial class SpladeCollection<TKey, TRecord>
{
    /// <summary>
    /// Finds the records whose meaning is nearest, by the dot product of their vectors with the query's, best first. Records that
    /// share no term with the query, or are under the model's floor, are no hits, so that there may be fewer than
    /// <paramref name="top"/>; a threshold takes the floor's place.
    /// </summary>
    /// <param name="searchValue">A text, which the model runs for, or a <see cref="SparseEmbedding"/> or <see cref="SparseVector"/>,
    /// which is searched for as it is.</param>
    /// <param name="top">How many are wanted, at least 1.</param>
    /// <param name="options">Filter, threshold, hits to pass over; default none.</param>
    /// <param name="cancellationToken">Ends the work before the query is encoded, and during it where the encoder can.</param>
    /// <exception cref="NotSupportedException">The filter or the value can't be searched for; the message says what.</exception>
    /// <exception cref="InvalidOperationException">The embedding is another model's, or the property's generator takes no such value.
    /// </exception>
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
        return RunAsync(new Asked("Search", vectors, searchValue, null), wanted, cancellationToken);
    }

    /// <summary>
    /// Finds records by the words of one property and by meaning at once, the best of all hits first, as a
    /// <see cref="HybridSearcher"/> does.
    /// </summary>
    /// <param name="searchValue">As for <see cref="SearchAsync"/>.</param>
    /// <param name="keywords">Texts, of whose words any is looked for.</param>
    /// <param name="top">How many are wanted, at least 1.</param>
    /// <param name="options">Filter, properties, threshold, hits to pass over; default none.</param>
    /// <param name="cancellationToken">As for <see cref="SearchAsync"/>.</param>
    /// <exception cref="InvalidOperationException">The record has no property that is indexed as full text, or several and none is
    /// named; or as for <see cref="SearchAsync"/>.</exception>
    /// <exception cref="NotSupportedException">As for <see cref="SearchAsync"/>.</exception>
    /// <exception cref="SparseEncodingException">The model doesn't run for the text, and the store's
    /// <see cref="HybridOptions.WordsAloneOnFailure"/> isn't set or no keyword has a word.</exception>
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
        var wanted = new Wanted(top, options.Skip, options.ScoreThreshold, Included(options.IncludeVectors), FilterOf(options.Filter));
        var words = new Keywords(field, string.Join('\n', keywords));
        return RunAsync(new Asked("HybridSearch", vectors, searchValue, words), wanted, cancellationToken);
    }

    private async IAsyncEnumerable<VectorSearchResult<TRecord>> RunAsync(
        Asked asked, Wanted wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (VectorSearchResult<TRecord> result in await TracedAsync(asked, wanted, cancellationToken).ConfigureAwait(false))
            yield return result;
    }

    private async Task<VectorSearchResult<TRecord>[]> TracedAsync(Asked asked, Wanted wanted, CancellationToken cancellationToken)
    {
        using GenAiOperation retrieval = Retrieval.Start(Name, asked.Vectors.Encoder.Fingerprint.Name, wanted.Top,
            asked.Words is null ? SpladeSearchMode.Meaning : SpladeSearchMode.Hybrid, _store.Settings.TraceTexts ? asked.Value as string : null);
        try
        {
            return await FindAsync(asked, wanted, retrieval, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            retrieval.Failed(problem);
            throw;
        }
    }

    private async Task<VectorSearchResult<TRecord>[]> FindAsync(Asked asked, Wanted wanted, GenAiOperation retrieval, CancellationToken cancellationToken)
    {
        OpenIndex open = await GuardAsync(asked.Operation, () => _stored.Open(_fields), cancellationToken).ConfigureAwait(false);
        var searcher = (SpladeSearcher)Guard(asked.Operation, open.Searchers.Acquire);
        try
        {
            Query? words = asked.Words is { } keywords ? WordsQuery.Of(keywords.Text, [keywords.Field], open.Words) : null;
            (SpladeQuery? meaning, Exception? failure) = await MeaningAsync(searcher.IndexReader, asked, words, wanted, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return Guard(asked.Operation, () =>
            {
                TopDocs found = Search(searcher, asked.Words is null ? null : new HybridSearcher(searcher, open.Hybrid), words, meaning, wanted);
                retrieval.Found(found.TotalHits, failure);
                return Results(searcher, found, wanted);
            });
        }
        finally
        {
            open.Searchers.Release(searcher);
        }
    }

    private TopDocs Search(SpladeSearcher searcher, HybridSearcher? hybrid, Query? words, SpladeQuery? meaning, Wanted wanted)
    {
        int depth = wanted.Depth(searcher);
        HybridOptions fusion = _store.Settings.Hybrid;
        if (meaning is null)
            return new SpladeSearcher(searcher.IndexReader, searcher.Options) { Similarity = fusion.Words }.Search(words!, wanted.Filter, depth);
        if (hybrid is null) return searcher.Search(meaning, wanted.Filter, depth);
        var query = new HybridQuery(words, meaning);
        if (fusion.RankConstant is null) query = query with { MeaningWeight = _store.Settings.MeaningWeight };
        return hybrid.Search(query, depth, wanted.Filter);
    }

    /// <summary>The query by meaning; none where the encoder failed and the words do, and why.</summary>
    private async Task<(SpladeQuery? Query, Exception? Failure)> MeaningAsync(
        IndexReader reader, Asked asked, Query? words, Wanted wanted, CancellationToken cancellationToken)
    {
        try
        {
            return (await QueryAsync(reader, asked.Vectors, asked.Value, wanted, cancellationToken).ConfigureAwait(false), null);
        }
        catch (SparseEncodingException problem) when (words is not null && _store.Settings.Hybrid.WordsAloneOnFailure)
        {
            Log.WordsAlone(_store.Settings.Logger, Name, problem);
            return (null, problem);
        }
        catch (FingerprintMismatchException problem)
        {
            throw StoreFailures.Failure(_store, Name, asked.Operation, problem.Message, problem);
        }
    }

    private static async Task<SpladeQuery> QueryAsync(
        IndexReader reader, VectorSource vectors, object value, Wanted wanted, CancellationToken cancellationToken)
    {
        if (await vectors.OfQueryAsync(value, cancellationToken).ConfigureAwait(false) is { } vector)
            return new SpladeQuery(vectors.Field, vector, vectors.Definition.Format);
        var options = new SpladeQueryOptions { AllowMissingField = true, Floor = wanted.Threshold is null ? null : ScoreFloor.None };
        return await vectors.Definition.CreateQueryAsync(reader, (string)value, options, cancellationToken).ConfigureAwait(false);
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

    /// <summary>What is asked for: by meaning, and by words too where there are some.</summary>
    private sealed record Asked(string Operation, VectorSource Vectors, object Value, Keywords? Words);

    private sealed record Keywords(string Field, string Text);

    private sealed record Wanted(int Top, int Skip, double? Threshold, bool WithVectors, Filter? Filter)
    {
        /// <summary>How many hits are looked for; no more than there are records.</summary>
        public int Depth(IndexSearcher searcher) => (int)Math.Clamp((long)Top + Skip, 1, Math.Max(1, searcher.IndexReader.MaxDoc));
    }
}
