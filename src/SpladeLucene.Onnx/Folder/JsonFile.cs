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
