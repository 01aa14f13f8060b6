using Microsoft.Extensions.AI;

namespace SpladeLucene;

/// <summary>What a text is to an encoder.</summary>
public enum SparseInputType
{
    /// <summary>A text that is to be found: <see cref="ISparseEncoder.EncodeAsync"/>.</summary>
    Document,

    /// <summary>A text that says what to find: <see cref="ISparseEncoder.EncodeQueryAsync"/>.</summary>
    Query,
}

/// <summary>
/// An encoder as a generator of Microsoft.Extensions.AI, for its pipelines: <c>UseDistributedCache</c>, <c>UseOpenTelemetry</c>,
/// <c>UseLogging</c>. As thread-safe as its encoder, which stays the caller's to dispose.
/// </summary>
/// <example><code>
/// var generator = new SparseEmbeddingGenerator(encoder);
/// var cached = generator.AsBuilder().UseDistributedCache(cache, c => c.CacheKeyAdditionalValues = [generator.CacheKey]).Build();
/// </code></example>
public sealed class SparseEmbeddingGenerator : IEmbeddingGenerator<string, SparseEmbedding>
{
    /// <summary>The key under which <c>AddSplade()</c> registers the generator of queries.</summary>
    public const string QueryKey = "query";

    /// <summary>
    /// What a text is to the encoder, for one call: an additional property of the options whose value is the name of a
    /// <see cref="SparseInputType"/>, such as <c>"Query"</c>. It takes the place of <see cref="InputType"/>, and a cache of
    /// Microsoft.Extensions.AI tells it apart as it does all options.
    /// </summary>
    public const string InputTypeOption = "splade.input_type";

    private readonly ISparseEncoder _encoder;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>Makes a generator.</summary>
    /// <param name="encoder">Makes the vectors.</param>
    /// <param name="inputType">What the texts are. Default: documents.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public SparseEmbeddingGenerator(ISparseEncoder encoder, SparseInputType inputType = SparseInputType.Document)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        if (!Enum.IsDefined(inputType))
            throw new ArgumentOutOfRangeException(nameof(inputType), inputType, "There is no such type of input.");
        (_encoder, InputType) = (encoder, inputType);
        _metadata = new EmbeddingGeneratorMetadata("splade", providerUri: null, encoder.Fingerprint.Name);
    }

    /// <summary>What the texts are.</summary>
    public SparseInputType InputType { get; }

    /// <summary>
    /// What a cache has to tell apart beside the text: the model with its settings, and texts from queries, whose vectors
    /// differ. Caches of Microsoft.Extensions.AI don't, unless this is among their <c>CacheKeyAdditionalValues</c>.
    /// </summary>
    public string CacheKey => $"{_encoder.Fingerprint} {InputType}";

    /// <summary>The key under which <c>AddSplade(name)</c> registers the generator of queries.</summary>
    /// <param name="name">The encoder's; its own key is that of the generator of documents.</param>
    public static string QueryKeyOf(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return $"{name}:{QueryKey}";
    }

    /// <summary>Encodes texts, one embedding each, in their order.</summary>
    /// <param name="values">The texts; none may be null.</param>
    /// <param name="options">Its model must be this one, and it can't ask for a number of dimensions;
    /// <see cref="InputTypeOption"/> may say what the texts are.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="NotSupportedException">The options ask for another model, for dimensions, or for an unknown type of input.
    /// </exception>
    /// <exception cref="SparseEncodingException">The model doesn't run for a text; it says for which.</exception>
    public async Task<GeneratedEmbeddings<SparseEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        RequireServed(options);
        string[] texts = [.. values];
        IReadOnlyList<SparseVector> vectors = InputTypeOf(options) == SparseInputType.Document
            ? await _encoder.EncodeAsync(texts, cancellationToken).ConfigureAwait(false)
            : await EncodeQueriesAsync(texts, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new GeneratedEmbeddings<SparseEmbedding>(
            vectors.Select(vector => new SparseEmbedding(vector) { CreatedAt = now, ModelId = _metadata.DefaultModelId }));
    }

    /// <summary>Its metadata, its encoder, the fingerprint of the model, or itself.</summary>
    /// <param name="serviceType">What is asked for.</param>
    /// <param name="serviceKey">Nothing is here under a key.</param>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        object[] known = [_metadata, _encoder.Fingerprint, this, _encoder];
        return Array.Find(known, serviceType.IsInstanceOfType);
    }

    /// <summary>Nothing: the encoder is its owner's.</summary>
    public void Dispose()
    {
    }

    private async Task<SparseVector[]> EncodeQueriesAsync(string[] queries, CancellationToken cancellationToken)
    {
        var vectors = new SparseVector[queries.Length];
        for (int i = 0; i < queries.Length; i++)
        {
            try
            {
                vectors[i] = await _encoder.EncodeQueryAsync(queries[i], cancellationToken).ConfigureAwait(false);
            }
            catch (SparseEncodingException problem) when (i > 0)
            {
                throw new SparseEncodingException(i, $"The model doesn't run ({problem.Message})", problem);
            }
        }

        return vectors;
    }

    private SparseInputType InputTypeOf(EmbeddingGenerationOptions? options)
    {
        if (options?.AdditionalProperties?.TryGetValue(InputTypeOption, out object? asked) != true) return InputType;
        return Enum.TryParse(asked?.ToString(), ignoreCase: true, out SparseInputType type) && Enum.IsDefined(type) ? type
            : throw new NotSupportedException($"'{InputTypeOption}' is '{asked}', and {string.Join(" and ", Enum.GetNames<SparseInputType>())} are known.");
    }

    private void RequireServed(EmbeddingGenerationOptions? options)
    {
        if (options?.Dimensions is { } dimensions)
            throw new NotSupportedException($"{dimensions} dimensions were asked for, and a sparse vector has as many as its text has terms.");
        if (options?.ModelId is { } model && model != _metadata.DefaultModelId)
            throw new NotSupportedException($"The model '{model}' was asked for, and this generator has '{_metadata.DefaultModelId}'.");
    }
}
