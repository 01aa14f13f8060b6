using System.Text.Json;

namespace SideBySide;

/// <summary>What a collection says of itself in <c>about.json</c>; a collection needn't have one.</summary>
/// <param name="About">What it is about and who judged, in a sentence; null where it doesn't say.</param>
/// <param name="Kinds">What each kind of its queries is.</param>
internal sealed record CollectionAbout(string? About, IReadOnlyDictionary<string, string>? Kinds)
{
    private const string FileName = "about.json";

    private static readonly JsonSerializerOptions Lowercase = new(JsonSerializerDefaults.Web);

    /// <exception cref="InvalidOperationException">The file is not what it should be.</exception>
    public static CollectionAbout Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return new CollectionAbout(null, null);
        try
        {
            return JsonSerializer.Deserialize<CollectionAbout>(File.ReadAllText(path), Lowercase)
                ?? throw new JsonException("It is null.");
        }
        catch (JsonException wrong)
        {
            throw new InvalidOperationException(
                $"{path} is not an object with \"about\", a sentence, and \"kinds\", a sentence each: mend or remove it.", wrong);
        }
    }
}
