using System.Text.Json;

namespace SpladeLucene.Tool.Tests.Exporting.Engines;

/// <summary>What an engine reads out of the bodies of requests, as its documentation says that it does; all else is refused.</summary>
internal sealed class EngineBodies
{
    private readonly Dictionary<string, Dictionary<string, float>> _documents = new(StringComparer.Ordinal);
    private readonly List<(string Id, Dictionary<string, float> Terms, int Hits, double Least)> _queries = [];

    /// <summary>How many documents were read.</summary>
    public int Documents => _documents.Count;

    /// <summary>Reads both files.</summary>
    public static EngineBodies Read(string format, string documents, string queries)
    {
        var bodies = new EngineBodies();
        JsonElement[] lines = [.. File.ReadLines(documents).Select(line => JsonElement.Parse(line))];
        foreach ((string id, Dictionary<string, float> terms) in format switch
        {
            "opensearch" or "elasticsearch" => lines.Chunk(2).Select(Bulk),
            "vespa" => lines.Select(Put),
            "qdrant" => lines.SelectMany(Points),
            "milvus" => lines.SelectMany(Rows),
            _ => throw new ArgumentException(format, nameof(format)),
        }) bodies._documents.Add(id, terms);
        foreach (JsonElement line in File.ReadLines(queries).Select(line => JsonElement.Parse(line)))
        {
            Require(line, "id", "body");
            bodies._queries.Add(EngineQueries.Read(format, line.GetProperty("id").GetString()!, line.GetProperty("body")));
        }

        return bodies;
    }

    /// <summary>All hits of all queries, scored as a sum of products.</summary>
    /// <param name="round">What the engine makes of a document's weight; null for the weight itself.</param>
    public IEnumerable<EngineHit> Score(Func<float, float>? round = null) => _queries.SelectMany(query => _documents
        .Select(document => new EngineHit(query.Id, document.Key, Product(query.Terms, document.Value, round ?? (weight => weight))))
        .Where(hit => hit.Score > 0 && hit.Score >= query.Least));

    /// <summary>The hits that each query asks for.</summary>
    public IEnumerable<EngineHit> Search() => Score().GroupBy(hit => hit.Query)
        .SelectMany(hits => EngineFixture.Best(hits.Key, hits).Take(_queries.Single(query => query.Id == hits.Key).Hits));

    /// <summary>Sees that an object has these members, and no other than those in question.</summary>
    public static void Require(JsonElement json, params string[] names)
    {
        string[] there = [.. json.EnumerateObject().Select(member => member.Name)];
        Assert.Equal(names.Where(name => !name.EndsWith('?')).Order(StringComparer.Ordinal),
            there.Where(name => !names.Contains(name + "?")).Order(StringComparer.Ordinal));
    }

    /// <summary>An object of names with positive weights.</summary>
    public static Dictionary<string, float> Weights(JsonElement json) => json.EnumerateObject().ToDictionary(member => member.Name, member =>
    {
        float weight = member.Value.GetSingle();
        Assert.True(float.IsNormal(weight) && weight > 0, member.ToString());
        return weight;
    }, StringComparer.Ordinal);

    /// <summary>An object of features, whose names have no dot.</summary>
    public static Dictionary<string, float> Features(JsonElement json)
    {
        Dictionary<string, float> features = Weights(json);
        Assert.DoesNotContain(features.Keys, name => name.Contains('.', StringComparison.Ordinal));
        return features;
    }

    /// <summary>Numbers from 0 on with their weights, in two arrays of one length.</summary>
    public static Dictionary<string, float> Sparse(JsonElement json)
    {
        Require(json, "indices", "values");
        uint[] indices = [.. json.GetProperty("indices").EnumerateArray().Select(index => index.GetUInt32())];
        float[] values = [.. json.GetProperty("values").EnumerateArray().Select(value => value.GetSingle())];
        Assert.Equal((indices.Length, indices.Length), (values.Length, indices.Distinct().Count()));
        return indices.Zip(values).ToDictionary(term => $"{term.First}", term => term.Second, StringComparer.Ordinal);
    }

    private static float Product(Dictionary<string, float> query, Dictionary<string, float> document, Func<float, float> round)
    {
        float sum = 0;
        foreach ((string term, float weight) in query) sum += document.TryGetValue(term, out float other) ? weight * round(other) : 0;
        return sum;
    }

    private static (string, Dictionary<string, float>) Bulk(JsonElement[] lines)
    {
        Require(lines[0], "index");
        Require(lines[0].GetProperty("index"), "_id");
        Require(lines[1], "title?", "splade");
        return (lines[0].GetProperty("index").GetProperty("_id").GetString()!, Features(lines[1].GetProperty("splade")));
    }

    private static (string, Dictionary<string, float>) Put(JsonElement line)
    {
        Require(line, "put", "fields");
        JsonElement fields = line.GetProperty("fields");
        Require(fields, "id", "title?", "splade");
        string[] name = line.GetProperty("put").GetString()!.Split(':', 5);
        Assert.Equal(["id", "documents", "documents", "", fields.GetProperty("id").GetString()!], name);
        Require(fields.GetProperty("splade"), "cells");
        return (name[4], Weights(fields.GetProperty("splade").GetProperty("cells")));
    }

    private static IEnumerable<(string, Dictionary<string, float>)> Points(JsonElement line)
    {
        Require(line, "points");
        foreach (JsonElement point in line.GetProperty("points").EnumerateArray())
        {
            Require(point, "id", "vector", "payload");
            Require(point.GetProperty("payload"), "id", "title?");
            Assert.Equal(8, Guid.Parse(point.GetProperty("id").GetString()!).Version);
            Require(point.GetProperty("vector"), "splade?");
            yield return (point.GetProperty("payload").GetProperty("id").GetString()!,
                point.GetProperty("vector").TryGetProperty("splade", out JsonElement vector) ? Sparse(vector) : []);
        }
    }

    private static IEnumerable<(string, Dictionary<string, float>)> Rows(JsonElement line)
    {
        Require(line, "collectionName", "data");
        Assert.Equal("documents", line.GetProperty("collectionName").GetString());
        foreach (JsonElement row in line.GetProperty("data").EnumerateArray())
        {
            Require(row, "id", "title?", "splade");
            Dictionary<string, float> terms = Weights(row.GetProperty("splade"));
            Assert.True(terms.Count > 0 && terms.Keys.All(number => uint.TryParse(number, out _)), row.ToString());
            yield return (row.GetProperty("id").GetString()!, terms);
        }
    }
}
