using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace SpladeLucene.Encoding;

/// <summary>A record's own embedding in the bytes that its index keeps.</summary>
internal static class StoredEmbedding
{
    private static readonly JsonTypeInfo<SparseEmbedding> Json = Described();

    public static byte[] Write(SparseEmbedding embedding) => JsonSerializer.SerializeToUtf8Bytes(embedding, Json);

    public static SparseEmbedding? Read(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize(bytes, Json);

    private static JsonTypeInfo<SparseEmbedding> Described()
    {
        // What additional properties may hold is Microsoft.Extensions.AI's to say.
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions) { WriteIndented = false };
        options.TypeInfoResolverChain.Insert(0, SparseEmbeddingContext.Default);
        return (JsonTypeInfo<SparseEmbedding>)options.GetTypeInfo(typeof(SparseEmbedding));
    }
}

/// <summary>Describes the embedding without reflection, which an application may have trimmed away.</summary>
[JsonSerializable(typeof(SparseEmbedding))]
internal sealed partial class SparseEmbeddingContext : JsonSerializerContext;
