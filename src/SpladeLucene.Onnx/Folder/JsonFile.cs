using System.Text;
using System.Text.Json;

namespace SpladeLucene.Onnx.Folder;

/// <summary>
/// An object of a JSON file. Members that are there must have the type that is asked for; null counts as absent.
/// </summary>
internal readonly struct JsonFile
{
    private readonly JsonElement _element;
    private readonly string _name;

    private JsonFile(string path, JsonElement element, string name) => (Path, _element, _name) = (path, element, name);

    public string Path { get; }

    /// <summary>The object itself.</summary>
    public JsonElement Element => _element;

    /// <exception cref="ModelLoadException">The file is missing, or not a JSON object.</exception>
    public static JsonFile Read(string path)
    {
        string text = ModelFile.ReadText(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonFile file = new JsonFile(path, document.RootElement.Clone(), "").Checked();
            JsonStrings.Require(path, file.Element);
            return file;
        }
        catch (JsonException e)
        {
            throw new ModelLoadException(path, $"not JSON to its end ({e.Message})", "a JSON object", e);
        }
    }

    /// <summary>The same of a file that need not be there.</summary>
    public static JsonFile? ReadIfThere(string path) => File.Exists(path) ? Read(path) : null;

    public string? Text(string member) => Member(member, JsonValueKind.String, "a string")?.GetString();

    public int? Whole(string member)
    {
        if (Member(member, JsonValueKind.Number, "a whole number") is not { } value) return null;
        return value.TryGetInt32(out int whole) ? whole : throw Wrong(member, value, "a whole number");
    }

    public float? Number(string member) => Member(member, JsonValueKind.Number, "a number")?.GetSingle();

    public bool? Flag(string member)
    {
        if (!TryGet(member, out JsonElement value)) return null;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean() : throw Wrong(member, value, "true or false");
    }

    /// <summary>The value that the member's text stands for; the first one's where it is absent.</summary>
    public T OneOf<T>(string member, params ReadOnlySpan<(string Text, T Value)> known)
    {
        if (Text(member) is not { } text) return known[0].Value;
        string names = "";
        foreach ((string name, T value) in known)
        {
            if (name == text) return value;
            names += (names.Length == 0 ? "" : " or ") + $"\"{name}\"";
        }

        throw Refuse(member, names);
    }

    public JsonFile? Object(string member) =>
        TryGet(member, out JsonElement value) ? new JsonFile(Path, value, Full(member)).Checked() : null;

    public IEnumerable<JsonFile> Objects(string member)
    {
        if (Member(member, JsonValueKind.Array, "an array") is not { } array) yield break;
        foreach (JsonElement item in array.EnumerateArray())
            yield return new JsonFile(Path, item, Full(member)).Checked();
    }

    /// <summary>An exception that names the member and what was found there.</summary>
    public ModelLoadException Refuse(string member, string expected)
    {
        TryGet(member, out JsonElement value);
        return Wrong(member, value, expected);
    }

    private JsonElement? Member(string member, JsonValueKind kind, string expected)
    {
        if (!TryGet(member, out JsonElement value)) return null;
        return value.ValueKind == kind ? value : throw Wrong(member, value, expected);
    }

    private bool TryGet(string member, out JsonElement value) =>
        _element.TryGetProperty(member, out value) && value.ValueKind != JsonValueKind.Null;

    private JsonFile Checked() => _element.ValueKind == JsonValueKind.Object ? this
        : throw new ModelLoadException(
            Path, $"{(_name.Length == 0 ? "the file" : _name)} is {Shown(_element)}", "an object");

    private ModelLoadException Wrong(string member, JsonElement value, string expected) =>
        new(Path, $"'{Full(member)}' is {Shown(value)}", expected);

    private string Full(string member) => _name.Length == 0 ? member : $"{_name}.{member}";

    private static string Shown(JsonElement value)
    {
        string text = value.ValueKind == JsonValueKind.Undefined ? "missing" : value.GetRawText();
        return text.Length <= 60 ? text : text[..60] + "…";
    }
}

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

/// <summary>Reads a model's text files, strictly: what is not UTF-8 is refused instead of replaced.</summary>
internal static class ModelFile
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The whole file without a byte order mark.</summary>
    /// <exception cref="ModelLoadException">It is missing, unreadable or not UTF-8.</exception>
    public static string ReadText(string path)
    {
        try
        {
            return Strict.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new ModelLoadException(path, $"byte {e.Index} is not UTF-8", "text in UTF-8", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelLoadException(path, "the file does not exist", "it there", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException(path, $"the file cannot be read ({e.Message})", "a readable file", e);
        }
    }
}
