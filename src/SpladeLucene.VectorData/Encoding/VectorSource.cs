using Lucene.Net.Documents;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;
using SpladeLucene.Model;

namespace SpladeLucene.Encoding;

/// <summary>Where the vectors of a property come from: records' own, an encoder, or a generator of another type of input.</summary>
internal sealed class VectorSource
{
    private readonly bool _isOwn;

    /// <param name="property">The property.</param>
    /// <param name="encoder">The store's, for what has no generator of its own.</param>
    /// <param name="format">How impacts are written.</param>
    public VectorSource(VectorPropertyModel property, ISparseEncoder encoder, ImpactFormat format)
    {
        Property = property;
        _isOwn = property.Type == typeof(SparseEmbedding);
        Encoder = property.EmbeddingGenerator switch
        {
            IEmbeddingGenerator<string, SparseEmbedding> generator => GeneratorEncoder.Of(generator),
            _ => encoder,
        };
        Definition = new SpladeFieldDefinition(Field, Encoder)
        {
            // Texts of vectors are encoded and not kept.
            Sources = [FieldNames.Text(property.StorageName)],
            Format = format,
        };
    }

    public VectorPropertyModel Property { get; }

    public string Field => Property.StorageName;

    public ISparseEncoder Encoder { get; }

    public SpladeFieldDefinition Definition { get; }

    /// <summary>Whether records have vectors that can be given back.</summary>
    public bool IsOwn => _isOwn;

    /// <summary>The vectors of records, null for those that have nothing to encode.</summary>
    /// <exception cref="SparseEncodingException">One can't be encoded; the index is the record's, and the message has its key.</exception>
    public async Task<SparseVector?[]> OfAsync(IReadOnlyList<object> records, IReadOnlyList<object> keys, CancellationToken cancellationToken)
    {
        object?[] values = [.. records.Select(Property.GetValueAsObject)];
        int[] some = [.. Enumerable.Range(0, values.Length).Where(i => values[i] is not null)];
        var vectors = new SparseVector?[values.Length];
        try
        {
            IReadOnlyList<SparseVector> made = await MakeAsync([.. some.Select(i => values[i]!)], cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < some.Length; i++) vectors[some[i]] = made[i];
            return vectors;
        }
        catch (SparseEncodingException problem) when (problem.Index >= 0 && problem.Index < some.Length)
        {
            int record = some[problem.Index];
            string reason = problem.Message.Replace($" for the text at index {problem.Index}.", "", StringComparison.Ordinal);
            throw new SparseEncodingException(record, $"Property '{Property.ModelName}' of the record '{keys[record]}': {reason}", problem);
        }
    }

    /// <summary>Adds a record's vector to its document, and itself to be read back where it is the record's own.</summary>
    public void AddTo(Document document, SparseVector? vector, object record)
    {
        if (vector is null) return;
        document.Add(new SpladeField(Field, vector, Encoder.Fingerprint, Definition.Format));
        if (_isOwn) document.Add(new StoredField(Field, StoredEmbedding.Write((SparseEmbedding)Property.GetValueAsObject(record)!)));
    }

    /// <summary>The vector of what is searched for; null where it is a text that the encoder is to make a query of.</summary>
    /// <exception cref="NotSupportedException">It can't be searched for.</exception>
    /// <exception cref="InvalidOperationException">The generator takes something else.</exception>
    public async Task<SparseVector?> OfQueryAsync(object value, CancellationToken cancellationToken)
    {
        if (value is SparseEmbedding embedding) return Checked(embedding);
        if (value is SparseVector vector) return vector;
        if (value is string && Property.EmbeddingGenerator is null or IEmbeddingGenerator<string, SparseEmbedding>) return null;
        if (Property.EmbeddingGenerator is null)
        {
            throw new NotSupportedException(VectorDataStrings.InvalidSearchInputAndNoEmbeddingGeneratorWasConfigured(
                value.GetType(), $"string, {nameof(SparseEmbedding)}"));
        }

        Embedding made = await Property.GenerateEmbeddingAsync(value, cancellationToken).ConfigureAwait(false);
        return ((SparseEmbedding)made).Vector;
    }

    private async Task<IReadOnlyList<SparseVector>> MakeAsync(object[] values, CancellationToken cancellationToken)
    {
        if (values.Length == 0) return [];
        if (_isOwn) return [.. values.Select(value => Checked((SparseEmbedding)value))];
        if (Property.Type == typeof(string))
            return await Encoder.EncodeEachAsync([.. values.Cast<string>()], cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Embedding> made = await Property.GenerateEmbeddingsAsync(values, cancellationToken).ConfigureAwait(false);
        // Embeddings of other values than these would become other records'.
        if (made.Count != values.Length) throw GeneratorEncoder.Miscounted(values.Length, "values", made.Count);
        return [.. made.Select(embedding => ((SparseEmbedding)embedding).Vector)];
    }

    private SparseVector Checked(SparseEmbedding embedding) => embedding.ModelId is not { } model || model == Encoder.Fingerprint.Name
        ? embedding.Vector
        : throw new InvalidOperationException($"An embedding of the model '{model}' was given for the property '{Property.ModelName}', "
            + $"whose model is '{Encoder.Fingerprint.Name}'.");
}
