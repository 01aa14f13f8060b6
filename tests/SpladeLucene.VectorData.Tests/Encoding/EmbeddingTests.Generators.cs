using Microsoft.Extensions.AI;

namespace SpladeLucene.VectorData.Tests.Encoding;

/// <summary>The generators that these tests hand in.</summary>
public sealed partial class EmbeddingTests
{
    private sealed class Counting(string? model) : IEmbeddingGenerator<string, SparseEmbedding>
    {
        public int Calls { get; private set; }

        public List<object?> InputTypes { get; } = [];

        public Task<GeneratedEmbeddings<SparseEmbedding>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Calls++;
            InputTypes.Add(options?.AdditionalProperties?[SparseEmbeddingGenerator.InputTypeOption]);
            return Task.FromResult(new GeneratedEmbeddings<SparseEmbedding>(values.Select(text => new SparseEmbedding(new WordEncoder().Encode(text)))));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("test", defaultModelId: model) : null;

        public void Dispose()
        {
        }
    }

    private sealed class OfPages(int each = 1) : IEmbeddingGenerator<Uri, SparseEmbedding>
    {
        public Task<GeneratedEmbeddings<SparseEmbedding>> GenerateAsync(
            IEnumerable<Uri> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<SparseEmbedding>(values.SelectMany(
                page => Enumerable.Repeat(new SparseEmbedding(new WordEncoder().Encode(page.Segments[^1])), each))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    private sealed class Dense : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>());

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
