namespace SpladeLucene;

/// <summary>Ways to encode that see to the contract of whoever wrote the encoder.</summary>
internal static class SparseEncoderExtensions
{
    /// <summary>Encodes texts as <see cref="ISparseEncoder.EncodeAsync"/> does, and counts what comes back.</summary>
    /// <exception cref="InvalidOperationException">The encoder returned more or fewer vectors than it was given texts.</exception>
    public static async Task<IReadOnlyList<SparseVector>> EncodeEachAsync(
        this ISparseEncoder encoder, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        IReadOnlyList<SparseVector> vectors = await encoder.EncodeAsync(texts, cancellationToken).ConfigureAwait(false);
        // Vectors for other texts than these would become other documents'.
        return vectors.Count == texts.Count ? vectors : throw new InvalidOperationException(
            $"The encoder was given {texts.Count} texts and returned {vectors.Count} vectors.");
    }
}
