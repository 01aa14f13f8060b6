using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Indexing;
using SpladeLucene.Search;
using SpladeLucene.Search.Terms;

namespace SpladeLucene;

/// <summary>
/// Scores documents by the dot product of a query vector with the impacts of a field. It scores by itself, whatever the
/// searcher's similarity is, adds nothing to query normalization and is not scaled by it; boosts, its own and those of
/// the queries around it, apply. Inside a <c>BooleanQuery</c> under the classic similarity the coord factor still
/// multiplies the sum: construct that query with <c>disableCoord: true</c>. A document's score is
/// <c>boost × Σ query weight × impact × range / 256</c>, summed in integers and so the same in every order.
/// </summary>
public sealed class SpladeQuery : Query
{
    private ScoreFloor _floor = ScoreFloor.None;

    /// <summary>Makes a query of a vector. Nothing checks that the field was made with the same model:
    /// <see cref="Create"/> does.</summary>
    /// <param name="field">The field that holds the documents' impacts.</param>
    /// <param name="vector">The encoded query; <see cref="SparseVector.Empty"/> matches nothing.</param>
    /// <param name="format">
    /// How the field was indexed; only the quantizer matters to a query. Default: <see cref="ImpactFormat.Default"/>.
    /// </param>
    /// <exception cref="ArgumentException">The vector holds a reserved term or weights too large to score.</exception>
    public SpladeQuery(string field, SparseVector vector, ImpactFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(vector);
        foreach (SparseTerm term in vector.AsSpan())
        {
            if (SpladeFingerprint.IsReserved(term.Term))
                throw new ArgumentException(SpladeFingerprint.ReservedRefusal(term.Term), nameof(vector));
        }

        Field = field;
        SourceFields = [field];
        Vector = vector;
        Quantizer = (format ?? ImpactFormat.Default).Quantizer;
        Quantized = Quantizer.QuantizeQuery(vector);
    }

    /// <summary>
    /// Encodes <paramref name="text"/>, weighs its terms by their document frequencies and sets a floor where the encoder or the
    /// options ask for it, and makes sure that the field was made with the same model.
    /// </summary>
    /// <param name="reader">The index to be searched, such as <c>searcher.IndexReader</c>.</param>
    /// <param name="field">The field that holds the documents' impacts.</param>
    /// <param name="text">The query in words.</param>
    /// <param name="encoder">The model the field was made with.</param>
    /// <param name="options">Default: the default quantizer, and another model is refused.</param>
    /// <exception cref="FingerprintMismatchException">The field holds vectors of another model.</exception>
    /// <exception cref="InvalidOperationException">
    /// No document has the field, or it holds no SPLADE vectors, or has lost its impacts.
    /// </exception>
    /// <exception cref="SparseEncodingException">The model doesn't run for the text.</exception>
    /// <exception cref="ArgumentException">The encoder's fusion weight doesn't lie between 0 and 1.</exception>
    public static SpladeQuery Create(
        IndexReader reader, string field, string text, ISparseEncoder encoder, SpladeQueryOptions? options = null)
    {
        options ??= new SpladeQueryOptions();
        Require(reader, field, encoder, options);
        return Make(reader, field, text, encoder, encoder.EncodeQuery(text), options);
    }

    /// <summary>The same, with the model run by <see cref="ISparseEncoder.EncodeQueryAsync"/>.</summary>
    /// <inheritdoc cref="Create"/>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<SpladeQuery> CreateAsync(IndexReader reader, string field, string text, ISparseEncoder encoder,
        SpladeQueryOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SpladeQueryOptions();
        Require(reader, field, encoder, options);
        SparseVector encoded = await encoder.EncodeQueryAsync(text, cancellationToken).ConfigureAwait(false);
        return Make(reader, field, text, encoder, encoded, options);
    }

    /// <summary>What would refuse the query, which costs no run of the model.</summary>
    internal static void Require(IndexReader reader, string field, ISparseEncoder encoder, SpladeQueryOptions options)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(encoder);
        if (!options.AllowMissingField) SpladeFields.Require(reader, field);
        if (!options.SkipModelCheck) new SpladeFingerprint(encoder.Fingerprint, options.Format.Quantizer.Range).RequireIn(reader, field);
    }

    /// <summary>The same of a query that is encoded already and that nothing refuses.</summary>
    internal static SpladeQuery Make(IndexReader reader, string field, string text, ISparseEncoder encoder,
        SparseVector encoded, SpladeQueryOptions options)
    {
        SparseVector vector = QueryIdf.Weigh(encoded, reader, field, options.IdfExponent ?? encoder.QueryIdfExponent);
        return new SpladeQuery(field, vector, options.Format)
        {
            Text = text,
            SourceFields = options.SourceFields is { Count: > 0 } sources ? sources : [field],
            Floor = options.Floor ?? ScoreFloor.OfModel(encoder.FloorShare),
            FusionWeight = encoder.FusionWeight is null or (>= 0 and <= 1) ? encoder.FusionWeight : throw new ArgumentException(
                FormattableString.Invariant($"The encoder's fusion weight is {encoder.FusionWeight}, and it lies between 0 and 1."), nameof(encoder)),
        };
    }

    /// <summary>The field that holds the documents' impacts.</summary>
    public string Field { get; }

    /// <summary>The encoded query.</summary>
    public SparseVector Vector { get; }

    /// <summary>Relates impacts to weights.</summary>
    public ImpactQuantizer Quantizer { get; }

    /// <summary>The query in words, for explanations; null where it isn't known.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// The stored fields whose texts the documents were encoded from, in that order, for explanations and highlights;
    /// default <see cref="Field"/> alone.
    /// </summary>
    public IReadOnlyList<string> SourceFields
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>What a document has to score to be a hit, wherever the query stands. Default:
    /// <see cref="ScoreFloor.None"/>; <see cref="Create"/> sets the model's.</summary>
    public ScoreFloor Floor
    {
        get => _floor;
        init => _floor = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The encoder's share of a sum with BM25; null where it isn't known.</summary>
    internal float? FusionWeight { get; init; }

    /// <summary>The integer weights that are scored.</summary>
    internal QuantizedQuery Quantized { get; }

    /// <summary>What the best documents score; the same for every boost and floor, so that copies share it.</summary>
    internal BestHits Best { get; init; } = new();

    /// <summary>The same query with another floor, its boost included; this one stays as it is.</summary>
    public SpladeQuery WithFloor(ScoreFloor floor)
    {
        ArgumentNullException.ThrowIfNull(floor);
        var copy = (SpladeQuery)Clone();
        copy._floor = floor;
        return copy;
    }

    /// <inheritdoc/>
    public override Weight CreateWeight(IndexSearcher searcher)
    {
        ArgumentNullException.ThrowIfNull(searcher);
        return searcher is SpladeSearcher ours
            ? new SpladeWeight(this, ours.Impacts, ours.Over(this))
            : new SpladeWeight(this, cache: null, Best.Over(this, searcher.IndexReader));
    }

    /// <inheritdoc/>
    public override void ExtractTerms(ISet<Term> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        foreach (QuantizedTerm term in Quantized.Terms) terms.Add(new Term(Field, term.Term));
    }

    /// <summary>The five heaviest terms with their weights, how many more there are, and the floor.</summary>
    public override string ToString(string field)
    {
        IEnumerable<string> heaviest = Vector.Top(5).Select(
            term => string.Create(CultureInfo.InvariantCulture, $"{term.Term}^{term.Weight:0.##}"));
        string rest = Vector.Count > 5 ? $" +{Vector.Count - 5}" : "";
        string prefix = field == Field ? "" : Field + ":";
        string boost = Boost == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"^{Boost}");
        string floor = Floor.IsNone ? "" : $", at least {Floor}";
        return $"{prefix}splade({string.Join(' ', heaviest)}{rest}{floor}){boost}";
    }

    /// <summary>Same field, terms, integer weights, quantizer, floor and boost.</summary>
    public override bool Equals(object? obj) =>
        base.Equals(obj) && obj is SpladeQuery other && Field == other.Field && Quantizer == other.Quantizer
        && Floor == other.Floor
        && Quantized.Unit == other.Quantized.Unit && Quantized.Terms.SequenceEqual(other.Quantized.Terms);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(base.GetHashCode());
        hash.Add(Field, StringComparer.Ordinal);
        hash.Add(Floor);
        foreach (QuantizedTerm term in Quantized.Terms) hash.Add(term);
        return hash.ToHashCode();
    }
}
