using System.Text.Json;

namespace SpladeLucene.Evaluation;

public sealed partial class TestCollection
{
    private static readonly Dictionary<string, string> NoMetadata = [];

    /// <summary>Reads queries, an object or an id, a tab and a text a line.</summary>
    internal static List<CollectionQuery> ReadQueries(string path, Action<MalformedLineException>? onBadLine)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        bool tabbed = path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith(".tsv.gz", StringComparison.OrdinalIgnoreCase);
        return [.. LineReader.Read(path, (text, _) => Unique(tabbed ? ParseTabbed(text) : ParseQuery(text)), onBadLine)];

        CollectionQuery Unique(CollectionQuery query) => seen.Add(query.Id)
            ? query
            : throw new FormatException($"the query id '{query.Id}' stands there twice");
    }

    private static CollectionDocument ParseDocument(string text, HashSet<string> seen)
    {
        using JsonDocument json = ParseObject(text);
        string id = Required(json.RootElement, "_id");
        var document = new CollectionDocument(
            id, Optional(json.RootElement, "title"), Required(json.RootElement, "text"));
        return seen.Add(id) ? document : throw new FormatException($"the document id '{id}' stands there twice");
    }

    private static CollectionQuery ParseQuery(string text)
    {
        using JsonDocument json = ParseObject(text);
        return new CollectionQuery(
            Required(json.RootElement, "_id"), Required(json.RootElement, "text"), Metadata(json.RootElement));
    }

    private static CollectionQuery ParseTabbed(string text)
    {
        int tab = text.IndexOf('\t', StringComparison.Ordinal);
        if (tab <= 0) throw new FormatException("expected an id, a tab and the query");
        return new CollectionQuery(text[..tab], text[(tab + 1)..], NoMetadata);
    }

    private static JsonDocument ParseObject(string text)
    {
        try
        {
            JsonDocument json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind == JsonValueKind.Object) return WithText(json);
            json.Dispose();
            throw new FormatException("expected a JSON object");
        }
        catch (JsonException problem)
        {
            throw new FormatException($"not JSON: {problem.Message}", problem);
        }
    }

    private static JsonDocument WithText(JsonDocument json)
    {
        try
        {
            RequireText(json.RootElement, "a name");
            return json;
        }
        catch (FormatException)
        {
            json.Dispose();
            throw;
        }
    }

    // System.Text.Json refuses an escaped half of a surrogate pair only where it is read, so everything is read.
    private static void RequireText(JsonElement value, string name)
    {
        try
        {
            if (value.ValueKind == JsonValueKind.String) _ = value.GetString();
            if (value.ValueKind == JsonValueKind.Array)
                foreach (JsonElement item in value.EnumerateArray()) RequireText(item, name);
            if (value.ValueKind == JsonValueKind.Object)
                foreach (JsonProperty entry in value.EnumerateObject()) RequireText(entry.Value, $"'{entry.Name}'");
        }
        catch (InvalidOperationException problem)
        {
            throw new FormatException($"{name} is not valid text: {problem.Message}", problem);
        }
    }

    private static Dictionary<string, string> Metadata(JsonElement query)
    {
        if (!query.TryGetProperty("metadata", out JsonElement metadata) || metadata.ValueKind != JsonValueKind.Object)
            return NoMetadata;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty entry in metadata.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.String) values[entry.Name] = Text(entry.Value, entry.Name);
        }

        return values;
    }

    private static string Required(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out JsonElement value)) throw new FormatException($"'{name}' is missing");
        return Text(value, name);
    }

    private static string Optional(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? Text(value, name) : "";

    private static string Text(JsonElement value, string name) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new FormatException($"'{name}' is a {value.ValueKind}, not a string");
}
