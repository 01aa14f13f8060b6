using System.Text.Json;

namespace SpladeLucene.Reindexing.Running;

/// <summary>What a commit's user data says of the migration that made it.</summary>
/// <param name="Identity">What was made.</param>
/// <param name="Source">The state of the source that was merged.</param>
/// <param name="Segments">How many of its segments were merged, from the first.</param>
/// <param name="Generation">
/// The generation of the commit that completed the index, so that a later one shows; 0 before it is complete.
/// </param>
internal sealed record Checkpoint(CheckpointIdentity Identity, string Source, int Segments, long Generation)
{
    public const string Key = "splade.upgrade";

    public const string FieldKeyPrefix = "splade.field.";

    public static Checkpoint? Read(IEnumerable<KeyValuePair<string, string>> userData)
    {
        string? text = userData.FirstOrDefault(entry => entry.Key == Key).Value;
        return text is null ? null : Parse(text);
    }

    public string ToJson() => JsonSerializer.Serialize(this, CheckpointJson.Default.Checkpoint);

    /// <summary>Reads what <see cref="ToJson"/> wrote; null where it isn't that.</summary>
    public static Checkpoint? Parse(string json)
    {
        try
        {
            Checkpoint? mark = JsonSerializer.Deserialize(json, CheckpointJson.Default.Checkpoint);
            return mark is { Identity: { Fingerprint: not null, Fields: not null }, Source: not null } ? mark : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
