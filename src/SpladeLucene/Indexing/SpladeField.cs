using Lucene.Net.Documents;
using Lucene.Net.Index;
using SpladeLucene.Indexing;

namespace SpladeLucene;

/// <summary>
/// A field that carries a vector already encoded; no analyzer sees it. For pipelines that encode in batches. Not stored,
/// no norms, no term vectors. Like any field, one instance belongs to one thread at a time.
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
    /// <param name="format">How impacts are written; default <see cref="ImpactFormat.Default"/>.</param>
    /// <param name="sourceLength">
    /// The length of the encoded text in UTF-16 units, which the spans point into. Needed where offsets are indexed,
    /// because the next value's offsets start after it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A term of the vector is longer than Lucene allows (32,766 bytes in UTF-8) or is reserved; a span ends past
    /// <paramref name="sourceLength"/>; or offsets are asked for without it.
    /// </exception>
    public SpladeField(
        string name,
        SparseVector vector,
        ModelFingerprint model,
        ImpactFormat? format = null,
        int? sourceLength = null)
        : this(name, vector, new ImpactTokens(NotNull(model), format ?? ImpactFormat.Default), sourceLength)
    {
    }

    internal SpladeField(string name, SparseVector vector, ImpactTokens tokens, int? sourceLength)
        : base(name, MakeStream(vector, tokens, sourceLength), TypeFor(tokens.Format))
    {
    }

    private static SpladeTokenStream MakeStream(SparseVector vector, ImpactTokens tokens, int? sourceLength)
    {
        ArgumentNullException.ThrowIfNull(vector);
        if (tokens.Format.Offsets && sourceLength is null)
            throw new ArgumentException("Offsets need the length of the text that they point into.", nameof(sourceLength));
        int length = sourceLength ?? 0;
        if (sourceLength is not null && vector.Any(term => term.Span?.End > length))
            throw new ArgumentException($"A span ends past the {length} units of its text.", nameof(sourceLength));
        return new SpladeTokenStream(tokens.Of(vector), length);
    }

    private static ModelFingerprint NotNull(ModelFingerprint model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model;
    }

    internal static FieldType TypeFor(ImpactFormat format) => format switch
    {
        { Encoding: WeightEncoding.TermFrequency } => TermFrequencyType,
        { Offsets: true } => PayloadWithOffsetsType,
        _ => PayloadType,
    };

    private static FieldType MakeType(IndexOptions options)
    {
        var type = new FieldType { IsIndexed = true, IsTokenized = true, OmitNorms = true, IndexOptions = options };
        return type.Freeze();
    }
}
