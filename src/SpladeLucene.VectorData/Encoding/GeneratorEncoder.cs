using System.Text;
using Microsoft.Extensions.AI;

namespace SpladeLucene.Encoding;

/// <summary>
/// A generator of sparse embeddings as an encoder, so that caches and telemetry around it are kept. Queries are asked for as
/// <see cref="SparseEmbeddingGenerator.InputTypeOption"/> says. The generator is the caller's to dispose.
/// </summary>
internal sealed class GeneratorEncoder : ISparseEncoder
{
    private readonly IEmbeddingGenerator<string, SparseEmbedding> _generator;

    // Beneath the pipeline, for what a generator can't say.
    private readonly ISparseEncoder? _encoder;

    private GeneratorEncoder(IEmbeddingGenerator<string, SparseEmbedding> generator)
    {
        _generator = generator;
        _encoder = generator.GetService(typeof(ISparseEncoder)) as ISparseEncoder;
        Fingerprint = generator.GetService(typeof(ModelFingerprint)) as ModelFingerprint ?? _encoder?.Fingerprint ?? Named(generator);
    }

    public ModelFingerprint Fingerprint { get; }

    public float QueryIdfExponent => _encoder?.QueryIdfExponent ?? 0;

    public float FloorShare => _encoder?.FloorShare ?? 0;

    public float? FusionWeight => _encoder?.FusionWeight;

    /// <summary>The encoder beneath where there is nothing between, else one that goes through the generator.</summary>
    public static ISparseEncoder Of(IEmbeddingGenerator<string, SparseEmbedding> generator) =>
        generator is SparseEmbeddingGenerator && generator.GetService(typeof(ISparseEncoder)) is ISparseEncoder encoder
            ? encoder : new GeneratorEncoder(generator);

    public SparseVector Encode(string text) => EncodeAsync([text]).GetAwaiter().GetResult()[0];

    public SparseVector EncodeQuery(string text) => EncodeQueryAsync(text).GetAwaiter().GetResult();

    public async Task<SparseVector> EncodeQueryAsync(string text, CancellationToken cancellationToken = default)
    {
        var asQuery = new EmbeddingGenerationOptions
        {
            AdditionalProperties = new() { [SparseEmbeddingGenerator.InputTypeOption] = nameof(SparseInputType.Query) },
        };
        return (await GenerateAsync([text], asQuery, cancellationToken).ConfigureAwait(false))[0];
    }

    public async Task<IReadOnlyList<SparseVector>> EncodeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        await GenerateAsync(texts, options: null, cancellationToken).ConfigureAwait(false);

    public void Dispose()
    {
    }

    /// <summary>The refusal of more or fewer embeddings than were asked for.</summary>
    public static InvalidOperationException Miscounted(int given, string inputs, int made) =>
        new($"The embedding generator was given {given} {inputs} and made {made} embeddings.");

    private async Task<SparseVector[]> GenerateAsync(
        IReadOnlyList<string> texts, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        GeneratedEmbeddings<SparseEmbedding> made = await _generator.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false);
        return made.Count == texts.Count ? [.. made.Select(embedding => embedding.Vector)]
            : throw Miscounted(texts.Count, "texts", made.Count);
    }

    private static ModelFingerprint Named(IEmbeddingGenerator generator)
    {
        var metadata = generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        if (string.IsNullOrWhiteSpace(metadata?.DefaultModelId))
        {
            throw new InvalidOperationException($"The embedding generator '{generator.GetType().Name}' says neither its {nameof(ModelFingerprint)} nor "
                + $"its model's name, so that vectors of different models couldn't be told apart: let its GetService return one of them.");
        }

        string name = string.Concat(metadata.DefaultModelId.Where(unit => !char.IsWhiteSpace(unit)));
        string hash = ModelFingerprint.Hash(UTF8Encoding.UTF8.GetBytes($"{metadata.ProviderName}\n{metadata.ProviderUri}\n{metadata.DefaultModelId}"));
        return new ModelFingerprint(name[..Math.Min(name.Length, 100)], hash, hash, "generated", 0, Pruning.None);
    }
}
