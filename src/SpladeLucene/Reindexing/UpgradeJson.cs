using System.Text.Json.Serialization;

namespace SpladeLucene.Reindexing;

/// <summary>Writes and reads what a migration keeps as JSON.</summary>
[JsonSerializable(typeof(UpgradeMark))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class UpgradeJson : JsonSerializerContext;
