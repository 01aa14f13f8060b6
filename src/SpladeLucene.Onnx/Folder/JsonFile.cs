using System.Text.Json;
using SpladeLucene.Vectors;
using SpladeLucene.Naming;

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
    public static JsonFile Read(string path) => new JsonFile(path, Parse(path), "").Checked();

    /// <summary>The objects of a file that is an array of them.</summary>
    /// <exception cref="ModelLoadException">The file is missing or something else.</exception>
    public static IEnumerable<JsonFile> ReadObjects(string path)
    {
        JsonElement root = Parse(path);
        if (root.ValueKind != JsonValueKind.Array)
            throw new ModelLoadException(path, $"the file is {Shown(root)}", "an array of objects");
        return root.EnumerateArray().Select((item, place) => new JsonFile(path, item, $"[{place}]").Checked());
    }

    /// <summary>The same of a file that need not be there.</summary>
    public static JsonFile? ReadIfThere(string path) => File.Exists(path) ? Read(path) : null;

    public string? Text(string member) => Member(member, JsonValueKind.String, "a string")?.GetString();

    public int? Whole(string member)
    {
        if (Member(member, JsonValueKind.Number, "a whole number") is not { } value) return null;
        return value.TryGetInt32(out int whole) ? whole : throw Wrong(member, value, "a whole number");
    }

    public int? Whole(string member, ValueRange range) => Whole(member) is not { } whole ? null
        : range.Contains(whole) ? whole : throw Refuse(member, $"{range}");

    public float? Number(string member, ValueRange range)
    {
        // What no float holds becomes infinite, which is in no range.
        if (Member(member, JsonValueKind.Number, "a number")?.GetSingle() is not { } number) return null;
        return range.Contains(number) ? number : throw Refuse(member, $"{range}");
    }

    public bool? Flag(string member)
    {
        if (!TryGet(member, out JsonElement value)) return null;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean() : throw Wrong(member, value, "true or false");
    }

    /// <summary>The value that the member's text stands for; null where it is absent.</summary>
    public T? OneOf<T>(string member, params ReadOnlySpan<(string Text, T Value)> known)
        where T : struct
    {
        if (Text(member) is not { } text) return null;
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

    /// <summary>Whether the member is an object.</summary>
    public bool IsObject(string member) =>
        TryGet(member, out JsonElement value) && value.ValueKind == JsonValueKind.Object;

    /// <summary>The items of an array; none where it is absent.</summary>
    public IEnumerable<JsonElement> Items(string member) =>
        Member(member, JsonValueKind.Array, "an array") is { } array ? array.EnumerateArray() : [];

    /// <summary>The texts of an array; none where it is absent.</summary>
    public IEnumerable<string> Strings(string member)
    {
        JsonFile file = this;
        return Items(member).Select(item => item.ValueKind == JsonValueKind.String
            ? item.GetString()! : throw file.Wrong(member, item, "texts"));
    }

    public IEnumerable<JsonFile> Objects(string member)
    {
        if (Member(member, JsonValueKind.Array, "an array") is not { } array) yield break;
        foreach (JsonElement item in array.EnumerateArray())
            yield return new JsonFile(Path, item, Full(member)).Checked();
    }

    /// <summary>Whether the member is absent, or an array with nothing in it.</summary>
    public bool IsEmpty(string member) => Member(member, JsonValueKind.Array, "an array") is not { } array
        || array.GetArrayLength() == 0;

    /// <summary>The text of a token, which is a string or an object with its content.</summary>
    public string? TokenText(string member) => TryGet(member, out JsonElement value) ? TokenText(member, value) : null;

    /// <summary>The same of an array of tokens, or of the values of an object.</summary>
    public IEnumerable<string> TokenTexts(string member)
    {
        if (!TryGet(member, out JsonElement value)) return [];
        JsonFile file = this;
        return value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Select(item => file.TokenText(member, item)),
            JsonValueKind.Object => value.EnumerateObject().Select(item => file.TokenText(member, item.Value)),
            _ => throw Wrong(member, value, "an array of tokens"),
        };
    }

    /// <summary>Refuses the first member that is none of these, and names the one that it may stand for.</summary>
    public void RequireKnown(IReadOnlyList<string> members)
    {
        foreach (JsonProperty member in _element.EnumerateObject())
        {
            if (members.Contains(member.Name, StringComparer.Ordinal)) continue;
            throw new ModelLoadException(Path, $"'{Full(member.Name)}' is unknown", NearestName.Of(member.Name, members) is { } nearest
                ? $"perhaps '{nearest}'" : string.Join(", ", members));
        }
    }

    /// <summary>Refuses the first of these members that is there: it would say nothing.</summary>
    public void RequireAbsent(ReadOnlySpan<string> members, string expected)
    {
        foreach (string member in members)
        {
            if (TryGet(member, out _)) throw Refuse(member, expected);
        }
    }

    /// <summary>An exception that names the member and what was found there.</summary>
    public ModelLoadException Refuse(string member, string expected)
    {
        TryGet(member, out JsonElement value);
        return Wrong(member, value, expected);
    }

    private string TokenText(string member, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("content", out JsonElement content))
            value = content;
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(member, value, "a token");
    }

    private static JsonElement Parse(string path)
    {
        string text = ModelFile.ReadText(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement.Clone();
            JsonStrings.Require(path, root);
            return root;
        }
        catch (JsonException e)
        {
            throw new ModelLoadException(
                path, FileKind.Of(path) ?? $"not JSON to its end ({e.Message})", "a JSON object", e);
        }
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
