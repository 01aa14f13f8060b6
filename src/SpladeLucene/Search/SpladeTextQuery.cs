using System.Globalization;
using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Search;

namespace SpladeLucene;

/// <summary>
/// A SPLADE query in words that needs no index to be made: for query parsers, caches of filters, and code that doesn't hold
/// a reader. <see cref="Rewrite"/> makes the <see cref="SpladeQuery"/> of it as <see cref="SpladeQuery.Create"/> does: checks
/// the model, weighs by document frequencies, sets the floor. The model runs once an instance, at the first rewrite, on the
/// thread that searches; threads that begin at the same time each run it. Thread-safe; the encoder is the caller's to dispose, after the last search.
/// </summary>
/// <example><code>searcher.Search(new SpladeTextQuery("body_splade", "sick dog", encoder), 10);</code></example>
public sealed class SpladeTextQuery : Query
{
    private readonly ISparseEncoder _encoder;
    private readonly Lazy<SparseVector> _vector;
    private readonly ConditionalWeakTable<IndexReader, SpladeQuery> _rewritten = [];

    /// <summary>Makes a query; nothing is encoded yet.</summary>
    /// <param name="field">The field that holds the documents' impacts.</param>
    /// <param name="text">The query in words.</param>
    /// <param name="encoder">The model that the field was made with.</param>
    /// <param name="options">As for <see cref="SpladeQuery.Create"/>.</param>
    public SpladeTextQuery(string field, string text, ISparseEncoder encoder, SpladeQueryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(encoder);
        (Field, Text, _encoder, Options) = (field, text, encoder, options ?? new SpladeQueryOptions());
        // A text that failed once is tried again.
        _vector = new Lazy<SparseVector>(() => encoder.EncodeQuery(text), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The field that holds the documents' impacts.</summary>
    public string Field { get; }

    /// <summary>The query in words.</summary>
    public string Text { get; }

    /// <summary>What the query is made with.</summary>
    public SpladeQueryOptions Options { get; }

    private float IdfExponent => Options.IdfExponent ?? _encoder.QueryIdfExponent;

    /// <summary>The <see cref="SpladeQuery"/> for this index.</summary>
    /// <param name="reader">The whole index; a segment without the field finds nothing.</param>
    /// <exception cref="FingerprintMismatchException">The field holds vectors of another model.</exception>
    /// <exception cref="InvalidOperationException">
    /// The index doesn't have the field, or the field holds no SPLADE vectors or has lost its impacts; or
    /// <paramref name="reader"/> is one segment, and document frequencies are asked for.
    /// </exception>
    /// <exception cref="SparseEncodingException">The model doesn't run for the text.</exception>
    public override Query Rewrite(IndexReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        // Lucene's highlighter asks for the words to mark in a text, and a vector has none.
        if (IsOfOneText(reader)) return new SpladeQuery(Field, SparseVector.Empty, Options.Format);
        if (IdfExponent != 0) WholeIndex.Require(reader, Field, "The document frequencies of the query");
        SpladeQuery made = _rewritten.GetValue(reader, Make);
        // Never the remembered one: a BooleanQuery of one clause sets the boost of what it is rewritten to.
        var query = (SpladeQuery)made.Clone();
        query.Boost = Boost;
        return query;
    }

    private SpladeQuery Make(IndexReader reader)
    {
        SpladeQueryOptions options = OptionsFor(reader);
        SpladeQuery.Require(reader, Field, _encoder, options);
        return SpladeQuery.Make(reader, Field, Text, _encoder, _vector.Value, options);
    }

    // Its reader has the text's words under whatever name it is asked for, and so under one that no index has.
    private bool IsOfOneText(IndexReader reader) => reader is FilterAtomicReader one && one.GetTerms(Field + '\uFFFF') is not null;

    // A segment may well lack a field that the index has: a QueryWrapperFilter rewrites for each by itself.
    private SpladeQueryOptions OptionsFor(IndexReader reader) =>
        reader is AtomicReader ? Options with { AllowMissingField = true } : Options;

    /// <summary>The field and the words.</summary>
    public override string ToString(string field)
    {
        string prefix = field == Field ? "" : Field + ":";
        string boost = Boost == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"^{Boost}");
        return $"{prefix}splade(\"{Text}\"){boost}";
    }

    /// <summary>Same field, text, encoder, options and boost. Another encoder of the same model may treat queries differently.</summary>
    public override bool Equals(object? obj) =>
        base.Equals(obj) && obj is SpladeTextQuery other && Field == other.Field && Text == other.Text
        && Options == other.Options && ReferenceEquals(_encoder, other._encoder);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Field, Text, Options, _encoder.Fingerprint);
}
