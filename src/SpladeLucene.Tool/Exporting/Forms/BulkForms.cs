using System.Buffers;
using System.Text;
using System.Text.Json;

namespace SpladeLucene.Tool.Exporting.Forms;

/// <summary>
/// Bulk lines: an action and its document in turn. The name of a feature may have no dot, which would be a path there: it is
/// <c>%2E</c> in documents and queries alike, and <c>%</c> is <c>%25</c>. Both engines keep 9 significant bits of a weight, which is
/// all of an impact.
/// </summary>
internal abstract class BulkForm(ExportTarget target) : VectorForm(target)
{
    private const int MostIdBytes = 512, Shown = 40;

    public override void Document(IBufferWriter<byte> to, ExportedVector document)
    {
        int bytes = Encoding.UTF8.GetByteCount(document.Id);
        if (bytes > MostIdBytes) throw new InvalidDataException($"The id '{TextCut.At(document.Id, Shown)}…' has {bytes} bytes, and an _id there {MostIdBytes} at most.");
        Line(to, json =>
        {
            json.WriteStartObject("index");
            json.WriteString("_id", document.Id);
            json.WriteEndObject();
        });
        Line(to, json =>
        {
            Fields(json, document);
            Weights(json, Target.Vector, document.Terms, Escaped);
        });
    }

    public override void Query(IBufferWriter<byte> to, ExportedQuery query) => Body(to, query, json =>
    {
        json.WriteNumber("size", Target.Hits);
        if (query.LeastScore is { } least) json.WriteNumber("min_score", least);
        json.WriteStartObject("query");
        if (query.Terms.Count > 0) Clause(json, query);
        else
        {
            json.WriteStartObject("match_none");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    /// <summary>Writes the query itself, which has a term.</summary>
    protected abstract void Clause(Utf8JsonWriter json, ExportedQuery query);

    /// <summary>A term as a feature's name.</summary>
    protected static string Escaped(string term) => term.AsSpan().ContainsAny('.', '%')
        ? term.Replace("%", "%25", StringComparison.Ordinal).Replace(".", "%2E", StringComparison.Ordinal) : term;
}

/// <summary>For OpenSearch: a field of <c>rank_features</c>, and <c>neural_sparse</c> queries by tokens.</summary>
internal sealed class OpenSearchForm(ExportTarget target) : BulkForm(target)
{
    // Of Lucene's linear query over a feature.
    private const float MostWeight = 64;

    protected override void Clause(Utf8JsonWriter json, ExportedQuery query)
    {
        if (query.Terms.FirstOrDefault(term => term.Weight > MostWeight) is { Term: { } heavy } over)
            throw new InvalidDataException(FormattableString.Invariant($"'{heavy}' weighs {over.Weight} in query '{query.Id}', and OpenSearch takes {MostWeight} at most."));
        json.WriteStartObject("neural_sparse");
        json.WriteStartObject(Target.Vector);
        Weights(json, "query_tokens", query.Terms, Escaped);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

/// <summary>For Elasticsearch: a field of <c>sparse_vector</c>, and queries that leave no token out.</summary>
internal sealed class ElasticsearchForm(ExportTarget target) : BulkForm(target)
{
    protected override void Clause(Utf8JsonWriter json, ExportedQuery query)
    {
        json.WriteStartObject("sparse_vector");
        json.WriteString("field", Target.Vector);
        Weights(json, "query_vector", query.Terms, Escaped);
        // From 8.19 on tokens that are frequent in the index or light beside others are left out unless this is said.
        json.WriteBoolean("prune", false);
        json.WriteEndObject();
    }
}
