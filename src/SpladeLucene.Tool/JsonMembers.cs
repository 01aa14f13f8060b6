using System.Globalization;
using System.Text.Json;

namespace SpladeLucene.Tool;

/// <summary>A JSON object a line, read strictly.</summary>
internal static class JsonMembers
{
    // What the same member twice would mean nobody knows.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a line's object.</summary>
    /// <exception cref="FormatException">It is no JSON, no object, or holds half of a surrogate pair.</exception>
    public static T Read<T>(string line, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line, Strict);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? read(json.RootElement) : throw new FormatException("expected a JSON object");
        }
        catch (JsonException bad)
        {
            throw new FormatException($"not JSON: {bad.Message}", bad);
        }
        catch (InvalidOperationException bad)
        {
            // An escaped half of a surrogate pair shows only where the string is read.
            throw new FormatException($"not valid text: {bad.Message}", bad);
        }
    }

    /// <summary>The values of a member: one, or those of its array; nulls are none.</summary>
    public static IEnumerable<string> ValuesOf(JsonProperty member)
    {
        IEnumerable<JsonElement> values = member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray() : [member.Value];
        return values.Select(value => Scalar(value, member.Name)).OfType<string>();
    }

    /// <summary>A string, or a number or a truth as it is written; null for null.</summary>
    /// <exception cref="FormatException">It is an object or an array.</exception>
    public static string? Scalar(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Null => null,
        _ => throw new FormatException($"'{name}' is a {Kind(value)}; --skip {name} leaves it out"),
    };

    /// <summary>What a value is, in a word.</summary>
    public static string Kind(JsonElement value) => value.ValueKind.ToString().ToLower(CultureInfo.InvariantCulture);
}
