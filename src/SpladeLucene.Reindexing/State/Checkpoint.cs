using System.Text.Json.Serialization;
using System.Text.Json;

namespace SpladeLucene.Reindexing.State;

/// <summary>What a commit's user data says of the migration that made it.</summary>
/// <param name="Identity">What was made.</param>
/// <param name="Source">The state of the source that was merged.</param>
/// <param name="Segments">How many of its segments were merged, from the first.</param>
/// <param name="Generation">
/// The generation of the commit that completed the index, so that a later one shows; 0 before it is complete.
/// </param>
internal sealed record Checkpoint(CheckpointIdentity Identity, string Source, int Segments, long Generation)
{
    /// <summary>The name of the file with the origins of the index's segments; null in older ones.</summary>
    public string? Origins { get; init; }

    public const string Key = "splade.upgrade";

    public const string FieldKeyPrefix = "splade.field.";

    public static Checkpoint? Read(IEnumerable<KeyValuePair<string, string>> userData)
    {
        string? text = userData.FirstOrDefault(entry => entry.Key == Key).Value;
        return text is null ? null : Parse(text);
    }

    private static bool IsMapping(CheckpointIdentity.Mapping? one) =>
        one is { From: { } from } && !string.IsNullOrWhiteSpace(one.To) && !from.Any(string.IsNullOrWhiteSpace)
        && from.Distinct(StringComparer.Ordinal).Count() == from.Count;

    public string ToJson() => JsonSerializer.Serialize(this, CheckpointJson.Default.Checkpoint);

    /// <summary>Reads what <see cref="ToJson"/> wrote; null where it isn't that.</summary>
    public static Checkpoint? Parse(string json)
    {
        try
        {
            Checkpoint? mark = JsonSerializer.Deserialize(json, CheckpointJson.Default.Checkpoint);
            return mark is { Identity: { Fingerprint: not null, Fields: { } fields }, Source: not null }
                && fields.All(IsMapping) ? mark : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>What must be the same for one run to go on with what another one made.</summary>
/// <param name="Fingerprint">The model, the quantizer and the encoding, in one line.</param>
/// <param name="Offsets">Whether source spans are indexed.</param>
/// <param name="Fields">What is encoded into what.</param>
internal sealed record CheckpointIdentity(string Fingerprint, bool Offsets, IReadOnlyList<CheckpointIdentity.Mapping> Fields)
{
    public static CheckpointIdentity Of(
        ISparseEncoder encoder, ReindexOptions options, IReadOnlyList<ReindexMapping> mappings)
    {
        var fingerprint = new SpladeFingerprint(encoder.Fingerprint, options.Format.Quantizer.Range, options.Format.Encoding);
        return new CheckpointIdentity(fingerprint.ToString(), options.Format.Offsets,
            [.. mappings.Select(mapping => new Mapping(mapping.SourceFields, mapping.TargetField))]);
    }

    /// <summary>What a vector depends on, but for the text. A model's name is for people.</summary>
    public string VectorIdentity => Fingerprint[(Fingerprint.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    /// <summary>How the other one differs, as sentences; none where runs can follow each other.</summary>
    /// <param name="other">What this run would do.</param>
    /// <param name="where">What was made with this identity, as the beginning of a sentence.</param>
    public IEnumerable<string> DifferencesFrom(CheckpointIdentity other, string where)
    {
        if (VectorIdentity != other.VectorIdentity)
            yield return $"{where} was made with {Fingerprint}, and this run would use {other.Fingerprint}.";
        if (Offsets != other.Offsets)
            yield return $"{where} was made {With(Offsets)} offsets, and this run would write it {With(other.Offsets)}.";
        if (Describe(Fields) != Describe(other.Fields))
            yield return $"{where} was made for {Describe(Fields)}, and this run is for {Describe(other.Fields)}: name the same fields, or another target.";
    }

    private static string With(bool offsets) => offsets ? "with" : "without";

    private static string Describe(IReadOnlyList<Mapping> fields) => string.Join(", ", fields);

    internal sealed record Mapping(IReadOnlyList<string> From, string To)
    {
        public ReindexMapping ToMapping() => new(From, To);

        public override string ToString() => ToMapping().ToString();
    }
}

/// <summary>Writes and reads what a migration keeps as JSON.</summary>
[JsonSerializable(typeof(Checkpoint))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class CheckpointJson : JsonSerializerContext;
