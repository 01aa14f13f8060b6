using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace SpladeLucene;

/// <summary>
/// Writes and reads <c>{"modelId": "…", "createdAt": "…", "terms": [{"term": "dog", "weight": 1.5, "span": [0, 3]}, …],
/// "additionalProperties": {…}}</c>, of which all but the terms and their weights may be absent. It has no type discriminator,
/// because the derived types that <see cref="Embedding"/> lists for itself are closed.
/// </summary>
public sealed class SparseEmbeddingJsonConverter : JsonConverter<SparseEmbedding>
{
    private const string ModelId = "modelId", CreatedAt = "createdAt", Terms = "terms", More = "additionalProperties";
    private const string TermMember = "term", Weight = "weight", Span = "span";

    /// <inheritdoc/>
    /// <exception cref="JsonException">It isn't an embedding; the message says what is wrong.</exception>
    public override SparseEmbedding Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument json = JsonDocument.ParseValue(ref reader);
        try
        {
            JsonElement root = json.RootElement;
            return new SparseEmbedding(SparseVector.Create(root.GetProperty(Terms).EnumerateArray().Select(ReadTerm)))
            {
                ModelId = Optional(root, ModelId)?.GetString(),
                CreatedAt = Optional(root, CreatedAt)?.GetDateTimeOffset(),
                AdditionalProperties = Optional(root, More) is { } more
                    ? (AdditionalPropertiesDictionary?)more.Deserialize(options.GetTypeInfo(typeof(AdditionalPropertiesDictionary)))
                    : null,
            };
        }
        catch (Exception problem) when (
            problem is ArgumentException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new JsonException($"It is no sparse embedding: {problem.Message}", problem);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SparseEmbedding value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        writer.WriteStartObject();
        if (value.ModelId is { } model) writer.WriteString(ModelId, model);
        if (value.CreatedAt is { } created) writer.WriteString(CreatedAt, created);
        writer.WriteStartArray(Terms);
        foreach (SparseTerm term in value.Vector) WriteTerm(writer, term);
        writer.WriteEndArray();
        if (value.AdditionalProperties is { } more)
        {
            writer.WritePropertyName(More);
            JsonSerializer.Serialize(writer, more, options.GetTypeInfo(typeof(AdditionalPropertiesDictionary)));
        }

        writer.WriteEndObject();
    }

    private static void WriteTerm(Utf8JsonWriter writer, SparseTerm term)
    {
        writer.WriteStartObject();
        writer.WriteString(TermMember, term.Term);
        writer.WriteNumber(Weight, term.Weight);
        if (term.Span is { } span)
        {
            writer.WriteStartArray(Span);
            writer.WriteNumberValue(span.Start);
            writer.WriteNumberValue(span.End);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static SparseTerm ReadTerm(JsonElement term)
    {
        SourceSpan? span = null;
        if (Optional(term, Span) is { } ends)
        {
            if (ends.GetArrayLength() != 2) throw new FormatException($"A span has two ends, not {ends.GetArrayLength()}.");
            span = new SourceSpan(ends[0].GetInt32(), ends[1].GetInt32());
        }

        return new SparseTerm(term.GetProperty(TermMember).GetString() ?? "", term.GetProperty(Weight).GetSingle(), span);
    }

    private static JsonElement? Optional(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
