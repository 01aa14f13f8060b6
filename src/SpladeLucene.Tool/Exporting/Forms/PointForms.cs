using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SpladeLucene.Tool.Exporting.Forms;

/// <summary>Bodies of requests, a line each, with many documents in one; terms are numbers.</summary>
internal abstract class PointForm(ExportTarget target) : VectorForm(target)
{
    // Some hundred kilobytes a request.
    private const int Batch = 200;

    private readonly List<ExportedVector> _waiting = [];

    protected TermNumbers Numbers => Target.Numbers!;

    public override void Document(IBufferWriter<byte> to, ExportedVector document)
    {
        _waiting.Add(document);
        if (_waiting.Count == Batch) End(to);
    }

    public override void End(IBufferWriter<byte> to)
    {
        if (_waiting.Count > 0) Line(to, json => Body(json, _waiting));
        _waiting.Clear();
    }

    /// <summary>Writes the body of a request that adds documents.</summary>
    protected abstract void Body(Utf8JsonWriter json, IReadOnlyList<ExportedVector> documents);
}

/// <summary>For Qdrant: <c>PUT /collections/NAME/points</c>, and <c>POST /collections/NAME/points/query</c>.</summary>
internal sealed class QdrantForm(ExportTarget target) : PointForm(target)
{
    public override void Query(IBufferWriter<byte> to, ExportedQuery query) => Body(to, query, json =>
    {
        json.WritePropertyName("query");
        Sparse(json, Numbers.Known(query.Terms));
        json.WriteString("using", Target.Vector);
        json.WriteNumber("limit", Target.Hits);
        json.WriteBoolean("with_payload", true);
        if (query.LeastScore is { } least) json.WriteNumber("score_threshold", least);
    });

    protected override void Body(Utf8JsonWriter json, IReadOnlyList<ExportedVector> documents)
    {
        json.WriteStartArray("points");
        foreach (ExportedVector document in documents)
        {
            json.WriteStartObject();
            json.WriteString("id", PointOf(document.Id));
            json.WriteStartObject("vector");
            if (document.Terms.Count > 0)
            {
                json.WritePropertyName(Target.Vector);
                Sparse(json, Numbers.All(document));
            }

            json.WriteEndObject();
            json.WriteStartObject("payload");
            json.WriteString("id", document.Id);
            Fields(json, document);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Sparse(Utf8JsonWriter json, IEnumerable<(int Number, float Weight)> terms)
    {
        (int Number, float Weight)[] all = [.. terms];
        json.WriteStartObject();
        json.WriteStartArray("indices");
        foreach ((int number, _) in all) json.WriteNumberValue(number);
        json.WriteEndArray();
        json.WriteStartArray("values");
        foreach ((_, float weight) in all) json.WriteNumberValue(weight);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // A point's id is a number or a UUID, so that it is one made of the document's (RFC 9562, version 8); the same each time.
    private static Guid PointOf(string id)
    {
        Span<byte> hash = SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}

/// <summary>For Milvus: the bodies of <c>/v2/vectordb/entities/insert</c> and <c>/v2/vectordb/entities/search</c>.</summary>
internal sealed class MilvusForm(ExportTarget target) : PointForm(target)
{
    public override void Query(IBufferWriter<byte> to, ExportedQuery query) => Body(to, query, json =>
    {
        json.WriteString("collectionName", Target.Name);
        json.WriteStartArray("data");
        json.WriteStartObject();
        Sparse(json, Numbers.Known(query.Terms));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("annsField", Target.Vector);
        json.WriteNumber("limit", Target.Hits);
        json.WriteStartArray("outputFields");
        json.WriteStringValue("id");
        json.WriteEndArray();
        json.WriteStartObject("searchParams");
        json.WriteString("metricType", "IP");
        json.WriteStartObject("params");
        // Nothing of the query is left out.
        json.WriteNumber("drop_ratio_search", 0);
        if (query.LeastScore is { } least) json.WriteNumber("radius", least);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    protected override void Body(Utf8JsonWriter json, IReadOnlyList<ExportedVector> documents)
    {
        json.WriteString("collectionName", Target.Name);
        json.WriteStartArray("data");
        foreach (ExportedVector document in documents)
        {
            json.WriteStartObject();
            json.WriteString("id", document.Id);
            Fields(json, document);
            json.WriteStartObject(Target.Vector);
            Sparse(json, Numbers.All(document));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Sparse(Utf8JsonWriter json, IEnumerable<(int Number, float Weight)> terms)
    {
        foreach ((int number, float weight) in terms) json.WriteNumber(FormattableString.Invariant($"{number}"), weight);
    }
}
