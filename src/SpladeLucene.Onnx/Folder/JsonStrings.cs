using System.Text.Json;

namespace SpladeLucene.Onnx.Folder;

/// <summary>
/// Refuses half a surrogate pair in a JSON file, which System.Text.Json takes until the string is asked for.
/// </summary>
internal static class JsonStrings
{
    private const string Expected = "text: an escaped surrogate is followed by its other half";

    /// <exception cref="ModelLoadException">A name or a string is no text; the message says where.</exception>
    public static void Require(string path, JsonElement root) => Require(path, root, "");

    private static void Require(string path, JsonElement value, string name)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when !IsText(() => value.GetString()):
                throw new ModelLoadException(path, $"'{name}' is {value.GetRawText()}", Expected);
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray()) Require(path, item, name);
                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    if (!IsText(() => member.Name))
                        throw new ModelLoadException(path, $"{(name.Length == 0 ? "the file" : $"'{name}'")} has the "
                            + $"member {member}", Expected);
                    Require(path, member.Value, name.Length == 0 ? member.Name : $"{name}.{member.Name}");
                }

                break;
        }
    }

    private static bool IsText(Func<string?> read)
    {
        try
        {
            return read() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
