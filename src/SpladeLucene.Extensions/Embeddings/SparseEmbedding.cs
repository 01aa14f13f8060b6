using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace SpladeLucene;

/// <summary>
/// A sparse vector as an embedding of Microsoft.Extensions.AI: terms with weights and, where the encoder knows them, the spans
/// that they came from. Goes through JSON and back unchanged, and so through a distributed cache.
/// </summary>
[JsonConverter(typeof(SparseEmbeddingJsonConverter))]
public sealed class SparseEmbedding : Embedding
{
    /// <summary>Makes an embedding of a vector.</summary>
    /// <param name="vector">The vector; <see cref="SparseVector.Empty"/> for a text without a term.</param>
    public SparseEmbedding(SparseVector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        Vector = vector;
    }

    /// <summary>The vector.</summary>
    public SparseVector Vector { get; }

    /// <summary>How many terms the vector has: those of all vectors together, the vocabulary, aren't known to one.</summary>
    public override int Dimensions => Vector.Count;
}
