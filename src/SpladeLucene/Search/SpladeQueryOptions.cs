namespace SpladeLucene;

/// <summary>How <see cref="SpladeQuery.Create"/> makes a query.</summary>
public sealed record SpladeQueryOptions
{
    private const char Separator = '\0';

    // One string, as two lists are never equal and equal options are to be.
    private readonly string? _sourceFields;

    /// <summary>
    /// How the field was indexed; only the quantizer matters to a query. Default: <see cref="ImpactFormat.Default"/>.
    /// </summary>
    public ImpactFormat Format
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = ImpactFormat.Default;

    /// <summary>
    /// The stored fields whose texts the documents were encoded from, in that order: those of the field's definition or of
    /// the migration's mapping. Default: the SPLADE field itself.
    /// </summary>
    public IReadOnlyList<string> SourceFields
    {
        get => _sourceFields?.Split(Separator) ?? [];
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _sourceFields = value.Count == 0 ? null : string.Join(Separator, value);
        }
    }

    /// <summary>
    /// Multiplies each of the query's weights by its term's inverse document frequency in the index to this power, and the
    /// vector to its length before. The model learned how telling a term is from other texts than the index holds; what
    /// half of these texts have or are given tells little here. 0 leaves the weights alone, and so do fewer
    /// than 100 documents, whose frequencies are chance. 0 to 10. Default: the encoder's
    /// <see cref="ISparseEncoder.QueryIdfExponent"/>.
    /// </summary>
    /// <remarks>
    /// For a term in df of the N documents that have the field, deleted ones that are still there included:
    /// <c>(ln(1 + (N − df + 0.5) / (df + 0.5)) / ln(1 + N)) ^ exponent</c>, BM25's inverse document frequency as a share of
    /// about the largest that there is.
    /// </remarks>
    public float? IdfExponent
    {
        get;
        init => field = value is null or (>= 0 and <= 10)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The exponent lies between 0 and 10.");
    }

    /// <summary>
    /// What a document has to score to be a hit. Default: <see cref="ScoreFloor.OfModel"/> of the encoder's
    /// <see cref="ISparseEncoder.FloorShare"/>; <see cref="ScoreFloor.None"/> turns it off.
    /// </summary>
    public ScoreFloor? Floor { get; init; }

    /// <summary>
    /// Whether an index no document of which has the field finds nothing, instead of an exception: right for a field that
    /// is still to be filled. An index without documents is no exception in any case. Default: no.
    /// </summary>
    public bool AllowMissingField { get; init; }

    /// <summary>Whether to search even where the field was made with another model or with none. Default: no.</summary>
    public bool SkipModelCheck { get; init; }
}
