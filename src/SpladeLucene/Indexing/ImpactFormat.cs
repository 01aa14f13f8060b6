namespace SpladeLucene;

/// <summary>
/// How a field's impacts are written: one value for the analyzer, the field, the indexer, the query and the migration,
/// so that they agree. Every instance is valid; <c>with</c> sets properties in the order they are written. Immutable and
/// thread-safe.
/// </summary>
/// <example><code>var format = new ImpactFormat { Offsets = true };</code></example>
public sealed record ImpactFormat
{
    /// <summary>Payloads, the default quantizer, no offsets.</summary>
    public static ImpactFormat Default { get; } = new();

    /// <summary>How an impact stands in a posting. Default: <see cref="WeightEncoding.Payload"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such encoding.</exception>
    /// <exception cref="ArgumentException">Term frequencies are asked for with <see cref="Offsets"/>.</exception>
    public WeightEncoding Encoding
    {
        get;
        init
        {
            if (!Enum.IsDefined(value))
                throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such weight encoding.");
            Check(value, Offsets, nameof(value));
            field = value;
        }
    }

    /// <summary>Relates weights to impacts. Default: <see cref="ImpactQuantizer.Default"/>.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public ImpactQuantizer Quantizer
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = ImpactQuantizer.Default;

    /// <summary>
    /// Whether source spans are indexed as offsets, so that a match can be traced to the words it came from. Only with
    /// payloads. Default: no.
    /// </summary>
    /// <exception cref="ArgumentException">Offsets are asked for with term frequencies.</exception>
    public bool Offsets
    {
        get;
        init
        {
            Check(Encoding, value, nameof(value));
            field = value;
        }
    }

    private static void Check(WeightEncoding encoding, bool offsets, string parameter)
    {
        if (offsets && encoding != WeightEncoding.Payload)
        {
            throw new ArgumentException(
                "Offsets are indexed only with payloads: a repeated token would repeat them. Choose "
                + "WeightEncoding.Payload, or no offsets.", parameter);
        }
    }
}

/// <summary>How a term's impact is written into Lucene's postings.</summary>
public enum WeightEncoding
{
    /// <summary>
    /// One posting with a payload of one byte. The default: indexes fastest, and several values of one field score by
    /// their maximum. The field needs positions, which every <c>TextField</c> has.
    /// </summary>
    Payload,

    /// <summary>
    /// The token repeated as often as its impact says, so that Lucene's term frequency is the impact. Indexing takes
    /// longer, scoring over Lucene's postings is faster, and a plain <c>TermQuery</c> with
    /// <see cref="SpladeSimilarity"/> can score it. Lucene adds the frequencies of several values of one field
    /// up; give such a field one merged vector. A frequency above 255 counts as 255.
    /// </summary>
    TermFrequency,
}
