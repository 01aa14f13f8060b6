using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Lucene.Net.Search;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;
using SpladeLucene.Filters;
using SpladeLucene.Indexes;

namespace SpladeLucene;

public sealed partial class SpladeCollection<TKey, TRecord>
{
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Vectors are asked for that the collection made of texts and doesn't keep.</exception>
    /// <exception cref="VectorStoreException">The collection isn't there, or its index fails.</exception>
    public override Task<TRecord?> GetAsync(TKey key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        bool withVectors = Included(options?.IncludeVectors ?? false);
        return GuardAsync("Get", () => Read(searcher => Find(searcher, key, withVectors)), cancellationToken);
    }

    /// <summary>The records with these keys, in this order; a key without a record is passed over.</summary>
    /// <inheritdoc cref="GetAsync(TKey, RecordRetrievalOptions, CancellationToken)"/>
    public override async IAsyncEnumerable<TRecord> GetAsync(
        IEnumerable<TKey> keys, RecordRetrievalOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        bool withVectors = Included(options?.IncludeVectors ?? false);
        TKey[] all = [.. keys];
        if (all.Length == 0) yield break;
        TRecord[] found = await GuardAsync("GetBatch",
            () => Read(searcher => all.Select(key => Find(searcher, key, withVectors)).OfType<TRecord>().ToArray()), cancellationToken).ConfigureAwait(false);
        foreach (TRecord record in found) yield return record;
    }

    /// <summary>The records that a filter lets pass; in the order that the options say, else in the order of writing.</summary>
    /// <param name="filter">A condition in LINQ.</param>
    /// <param name="top">How many are wanted, at least 1.</param>
    /// <param name="options">Order, with nulls before all, and records to pass over; default none.</param>
    /// <param name="cancellationToken">Ends the work before the index is read.</param>
    /// <exception cref="NotSupportedException">The filter or the order can't be translated; the message says what.</exception>
    /// <exception cref="VectorStoreException">The collection isn't there, or its index fails.</exception>
    public override IAsyncEnumerable<TRecord> GetAsync(Expression<Func<TRecord, bool>> filter, int top,
        FilteredRecordRetrievalOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new FilteredRecordRetrievalOptions<TRecord>();
        var wanted = new Wanted(top, options.Skip, null, Included(options.IncludeVectors), null);
        var query = new ConstantScoreQuery(FilterTranslator.Translate(filter, Model));
        return SelectAsync(query, SortOf(options.OrderBy), wanted, cancellationToken);
    }

    private async IAsyncEnumerable<TRecord> SelectAsync(
        Query query, Sort sort, Wanted wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TRecord[] found = await GuardAsync("Get", () => Read(searcher => searcher.Search(query, wanted.Depth(searcher), sort).ScoreDocs
            .Skip(wanted.Skip).Select(hit => _records.ToRecord<TRecord>(searcher.Doc(hit.Doc), wanted.WithVectors)).ToArray()),
            cancellationToken).ConfigureAwait(false);
        foreach (TRecord record in found) yield return record;
    }

    private Sort SortOf(Func<FilteredRecordRetrievalOptions<TRecord>.OrderByDefinition, FilteredRecordRetrievalOptions<TRecord>.OrderByDefinition>? orderBy)
    {
        if (orderBy is null) return Sort.INDEXORDER;
        SortField[] fields = [.. orderBy(new()).Values.Select(
            by => FilterProperty.Of(Model.GetDataOrKeyProperty(by.PropertySelector)).Sort(descending: !by.Ascending))];
        return fields.Length == 0 ? Sort.INDEXORDER : new Sort([.. fields, SortField.FIELD_DOC]);
    }

    private TRecord? Find(IndexSearcher searcher, TKey key, bool withVectors)
    {
        ScoreDoc[] found = searcher.Search(new ConstantScoreQuery(new TermQuery(_records.KeyTerm(key))), 1).ScoreDocs;
        return found.Length == 0 ? null : _records.ToRecord<TRecord>(searcher.Doc(found[0].Doc), withVectors);
    }

    private T Read<T>(Func<IndexSearcher, T> read)
    {
        OpenIndex open = _stored.Open(_fields);
        IndexSearcher searcher = open.Searchers.Acquire();
        try
        {
            return read(searcher);
        }
        finally
        {
            open.Searchers.Release(searcher);
        }
    }
}
