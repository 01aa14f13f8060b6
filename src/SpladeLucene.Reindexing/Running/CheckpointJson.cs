using System.Text.Json.Serialization;

namespace SpladeLucene.Reindexing.Running;

/// <summary>Writes and reads what a migration keeps as JSON.</summary>
[JsonSerializable(typeof(Checkpoint))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class CheckpointJson : JsonSerializerContext;
