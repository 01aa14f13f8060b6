using System.Text.Json;
using Lucene.Net.Documents;

namespace SpladeLucene.Indexes;

/// <summary>Makes documents of JSON objects.</summary>
internal sealed class JsonDocuments(string keyField, IReadOnlyList<string> keywords)
{
    /// <exception cref="ArgumentException">It isn't an object of texts, numbers, truths and arrays of them, with one key.</exception>
    public Document ToDocument(JsonElement json, int number)
    {
        if (json.ValueKind != JsonValueKind.Object) throw new ArgumentException(Refusal(number, $"it is no object but {json.ValueKind}"), nameof(json));
        var document = new Document();
        foreach (JsonProperty member in json.EnumerateObject())
        {
            foreach (JsonElement value in member.Value.ValueKind == JsonValueKind.Array ? [.. member.Value.EnumerateArray()] : new[] { member.Value })
                Add(document, member.Name, value, number);
        }

        int keys = document.GetFields(keyField).Length;
        return keys == 1 ? document : throw new ArgumentException(Refusal(number,
            $"it has exactly one '{keyField}', a text or a number, and this one has {(keys == 0 ? "none" : $"{keys}")}"), nameof(json));
    }

    private void Add(Document document, string name, JsonElement value, int number)
    {
        bool whole = name == keyField || keywords.Contains(name, StringComparer.Ordinal);
        switch (value.ValueKind)
        {
            case JsonValueKind.String when !whole:
                document.Add(new TextField(name, value.GetString()!, Field.Store.YES));
                break;
            case JsonValueKind.String:
                document.Add(new StringField(name, value.GetString()!, Field.Store.YES));
                break;
            case JsonValueKind.Number when name != keyField:
                document.Add(new DoubleField(name, value.GetDouble(), Field.Store.YES));
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                document.Add(new StringField(name, value.GetRawText(), Field.Store.YES));
                break;
            case JsonValueKind.Null:
                break;
            default:
                throw new ArgumentException(Refusal(number,
                    $"its member '{name}' holds {value.ValueKind}, and texts, numbers, true and false are expected"), nameof(value));
        }
    }

    private static string Refusal(int number, string reason) => $"JSON document {number} can't be indexed: {reason}.";
}
