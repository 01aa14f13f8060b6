using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SpladeLucene.Tool.Tests.Exporting.Engines;

/// <summary>What an engine reads out of the body of a query.</summary>
internal static partial class EngineQueries
{
    /// <summary>The terms, how many hits are asked for, and the score that they have at least.</summary>
    public static (string Id, Dictionary<string, float> Terms, int Hits, double Least) Read(string format, string id, JsonElement body)
    {
        (Dictionary<string, float> terms, int hits, double least) = format switch
        {
            "opensearch" => Search(body, OpenSearch),
            "elasticsearch" => Search(body, Elasticsearch),
            "vespa" => Vespa(body),
            "qdrant" => Qdrant(body),
            _ => Milvus(body),
        };
        return (id, terms, hits, least);
    }

    private static (Dictionary<string, float>, int, double) Search(JsonElement body, Func<JsonElement, Dictionary<string, float>> read)
    {
        EngineBodies.Require(body, "size", "min_score?", "query");
        JsonElement query = body.GetProperty("query");
        if (query.TryGetProperty("match_none", out _)) return ([], 10, 0);
        return (read(query), body.GetProperty("size").GetInt32(), Number(body, "min_score"));
    }

    private static Dictionary<string, float> OpenSearch(JsonElement query)
    {
        EngineBodies.Require(query, "neural_sparse");
        EngineBodies.Require(query.GetProperty("neural_sparse"), "splade");
        EngineBodies.Require(query.GetProperty("neural_sparse").GetProperty("splade"), "query_tokens");
        Dictionary<string, float> tokens = EngineBodies.Features(query.GetProperty("neural_sparse").GetProperty("splade").GetProperty("query_tokens"));
        Assert.All(tokens.Values, weight => Assert.True(weight <= 64));
        return tokens;
    }

    private static Dictionary<string, float> Elasticsearch(JsonElement query)
    {
        EngineBodies.Require(query, "sparse_vector");
        JsonElement vector = query.GetProperty("sparse_vector");
        EngineBodies.Require(vector, "field", "query_vector", "prune");
        Assert.Equal(("splade", false), (vector.GetProperty("field").GetString(), vector.GetProperty("prune").GetBoolean()));
        return EngineBodies.Features(vector.GetProperty("query_vector"));
    }

    private static (Dictionary<string, float>, int, double) Vespa(JsonElement body)
    {
        EngineBodies.Require(body, "yql", "hits", "ranking.profile", "ranking.rankScoreDropLimit", "input.query(splade)");
        Assert.Equal("select * from documents where true", body.GetProperty("yql").GetString());
        string literal = body.GetProperty("input.query(splade)").GetString()!;
        Assert.Matches(Tensor(), literal);
        return (Cell().Matches(literal).ToDictionary(cell => cell.Groups[1].Value + cell.Groups[2].Value,
            cell => float.Parse(cell.Groups[3].Value, CultureInfo.InvariantCulture), StringComparer.Ordinal),
            body.GetProperty("hits").GetInt32(), Number(body, "ranking.rankScoreDropLimit"));
    }

    private static (Dictionary<string, float>, int, double) Qdrant(JsonElement body)
    {
        EngineBodies.Require(body, "query", "using", "limit", "with_payload", "score_threshold?");
        Assert.Equal("splade", body.GetProperty("using").GetString());
        return (EngineBodies.Sparse(body.GetProperty("query")), body.GetProperty("limit").GetInt32(), Number(body, "score_threshold"));
    }

    private static (Dictionary<string, float>, int, double) Milvus(JsonElement body)
    {
        EngineBodies.Require(body, "collectionName", "data", "annsField", "limit", "outputFields", "searchParams");
        JsonElement search = body.GetProperty("searchParams");
        EngineBodies.Require(search, "metricType", "params");
        EngineBodies.Require(search.GetProperty("params"), "drop_ratio_search", "radius?");
        Assert.Equal(("splade", "IP"), (body.GetProperty("annsField").GetString(), search.GetProperty("metricType").GetString()));
        return (EngineBodies.Weights(Assert.Single(body.GetProperty("data").EnumerateArray())), body.GetProperty("limit").GetInt32(), Number(search.GetProperty("params"), "radius"));
    }

    private static double Number(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement number) ? number.GetDouble() : 0;

    // Vespa's grammar of the general literal form, with labels between quotation marks.
    private const string OneCell = """\{term:(?:'([^']*)'|"([^"]*)")\}:([0-9.]+(?:E-?[0-9]+)?)""";

    [GeneratedRegex(OneCell)]
    private static partial Regex Cell();

    [GeneratedRegex($"^\\{{(?:{OneCell}(?:,{OneCell})*)?\\}}$")]
    private static partial Regex Tensor();
}
