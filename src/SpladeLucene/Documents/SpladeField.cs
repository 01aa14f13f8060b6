using Lucene.Net.Documents;
using Lucene.Net.Index;
using SpladeLucene.Analysis;

namespace SpladeLucene.Documents;

/// <summary>
/// A field that carries a vector already encoded; no analyzer sees it. For pipelines that encode in batches. Not stored,
/// no norms, no term vectors.
/// </summary>
public sealed class SpladeField : Field
{
    /// <summary>Documents, frequencies and positions: what <see cref="WeightEncoding.Payload"/> needs.</summary>
    public static readonly FieldType PayloadType = MakeType(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);

    /// <summary>The same with offsets, so that a match can be traced to the word it came from.</summary>
    public static readonly FieldType PayloadWithOffsetsType =
        MakeType(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);

    /// <summary>Documents and frequencies: what <see cref="WeightEncoding.TermFrequency"/> needs.</summary>
    public static readonly FieldType TermFrequencyType = MakeType(IndexOptions.DOCS_AND_FREQS);

    /// <summary>Makes a field of a vector.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="vector">The vector; <see cref="SparseVector.Empty"/> makes a field that never matches.</param>
    /// <param name="model">What made the vector: <see cref="ISparseEncoder.Fingerprint"/>.</param>
    /// <param name="encoding">How impacts are written.</param>
    /// <param name="quantizer">Default: <see cref="ImpactQuantizer.Default"/>.</param>
    /// <param name="indexOffsets">Whether source spans are indexed as offsets; only with payloads.</param>
    /// <exception cref="ArgumentException">
    /// A term of the vector is longer than Lucene allows (32,766 bytes in UTF-8) or is reserved; or offsets are asked
    /// for with term frequencies.
    /// </exception>
    public SpladeField(
        string name,
        SparseVector vector,
        ModelFingerprint model,
        WeightEncoding encoding = WeightEncoding.Payload,
        ImpactQuantizer? quantizer = null,
        bool indexOffsets = false)
        : base(name, MakeStream(vector, model, encoding, quantizer), TypeFor(encoding, indexOffsets))
    {
    }

    private static SpladeTokenStream MakeStream(
        SparseVector vector, ModelFingerprint model, WeightEncoding encoding, ImpactQuantizer? quantizer)
    {
        ArgumentNullException.ThrowIfNull(vector);
        ArgumentNullException.ThrowIfNull(model);
        var writer = new ImpactTokens(model, encoding, quantizer ?? ImpactQuantizer.Default);
        return new SpladeTokenStream(writer.Of(vector));
    }

    private static FieldType TypeFor(WeightEncoding encoding, bool indexOffsets) => (encoding, indexOffsets) switch
    {
        (WeightEncoding.Payload, false) => PayloadType,
        (WeightEncoding.Payload, true) => PayloadWithOffsetsType,
        (WeightEncoding.TermFrequency, false) => TermFrequencyType,
        (WeightEncoding.TermFrequency, true) => throw new ArgumentException(
            "Offsets are indexed only with payloads: a repeated token would repeat them.", nameof(indexOffsets)),
        _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "There is no such weight encoding."),
    };

    private static FieldType MakeType(IndexOptions options)
    {
        var type = new FieldType { IsIndexed = true, IsTokenized = true, OmitNorms = true, IndexOptions = options };
        return type.Freeze();
    }
}
