using System.Text.Json.Nodes;

namespace SpladeLucene.Tool.Exporting;

/// <summary>How vectors are written for another engine.</summary>
/// <param name="Name">What it is asked for by.</param>
/// <param name="Description">What it is, in a few words.</param>
/// <param name="Document">The lines of a document, from its id, its text and its vector.</param>
/// <param name="Query">The line of a query, likewise; null where the format has none.</param>
internal sealed record VectorFormat(string Name, string Description,
    Func<string, string, SparseVector, string> Document, Func<string, string, SparseVector, string>? Query)
{
    private const string Field = "splade";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<VectorFormat> All { get; } =
    [
        new("json", "an object a line, with the weights as they are", Plain, Plain),
        new("anserini", "a JsonVectorCollection, with impacts", Anserini, null),
        new("opensearch", $"bulk lines with rank_features '{Field}', and queries by tokens", Bulk, Tokens),
        new("tsv", "the id, and each term as often as its impact says", Repeated, null),
    ];

    private static string Plain(string id, string text, SparseVector vector) => Line(new JsonObject
    {
        ["id"] = id, ["text"] = text, ["vector"] = Object(vector.Select(term => (term.Term, (JsonNode)term.Weight))),
    });

    private static string Anserini(string id, string text, SparseVector vector) => Line(new JsonObject
    {
        ["id"] = id, ["contents"] = text,
        ["vector"] = Object(Impacts(vector).Select(term => (term.Term, (JsonNode)term.Impact))),
    });

    private static string Bulk(string id, string text, SparseVector vector) =>
        Line(new JsonObject { ["index"] = new JsonObject { ["_id"] = id } })
        + Line(new JsonObject { ["text"] = text, [Field] = Features(vector) });

    private static string Tokens(string id, string text, SparseVector vector) => Line(new JsonObject
    {
        ["id"] = id,
        ["query"] = new JsonObject
        {
            ["neural_sparse"] = new JsonObject { [Field] = new JsonObject { ["query_tokens"] = Features(vector) } },
        },
    });

    private static string Repeated(string id, string text, SparseVector vector) => $"{id}\t"
        + string.Join(' ', Impacts(vector).SelectMany(term => Enumerable.Repeat(term.Term, term.Impact))) + "\n";

    private static IEnumerable<(string Term, int Impact)> Impacts(SparseVector vector) => vector
        .Select(term => (term.Term, Impact: ImpactQuantizer.Default.Quantize(term.Weight))).Where(term => term.Impact > 0);

    // The name of a feature may have no dot, which would be a path there.
    private static JsonObject Features(SparseVector vector) => Object(vector.Select(term =>
        (term.Term.Replace("%", "%25", StringComparison.Ordinal).Replace(".", "%2E", StringComparison.Ordinal),
            (JsonNode)term.Weight)));

    private static JsonObject Object(IEnumerable<(string Name, JsonNode Value)> members) =>
        new(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Value)));

    private static string Line(JsonObject line) => line.ToJsonString(ToolConsole.Readable) + "\n";
}
