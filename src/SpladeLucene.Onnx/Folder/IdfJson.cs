using System.Text.Json;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

/// <summary>
/// idf.json: an object of vocabulary entries with their weights in a query, as OpenSearch's models have it.
/// </summary>
internal static class IdfJson
{
    /// <summary>
    /// The weights by id, 0 of an entry that the file doesn't have; and how many entries of the file the vocabulary
    /// lacks: published tables have a few, and no text ever has their tokens.
    /// </summary>
    /// <exception cref="ModelLoadException">
    /// It is missing, no JSON, or an entry of it is wrong; the message names it.
    /// </exception>
    public static (float[] Weights, int Unknown) Read(string path, Vocabulary vocabulary)
    {
        JsonFile file = JsonFile.Read(path);
        float[] weights = new float[vocabulary.Size];
        var seen = new HashSet<int>();
        var unknown = new List<string>();
        foreach (JsonProperty entry in file.Element.EnumerateObject())
        {
            float weight = Weight(file, entry);
            if (!vocabulary.TryGetId(entry.Name, out int id))
            {
                unknown.Add(entry.Name);
                continue;
            }

            if (!seen.Add(id))
                throw new ModelLoadException(path, $"the entry '{entry.Name}' stands twice", "each entry once");
            weights[id] = weight;
        }

        if (unknown.Count > seen.Count)
        {
            throw new ModelLoadException(path, $"{unknown.Count} of its {unknown.Count + seen.Count} entries are not in the "
                + $"vocabulary, '{unknown[0]}' for one", "the table of this vocabulary");
        }

        if (seen.Count == 0) throw new ModelLoadException(path, "it has no entries", "entries with their weights");
        return (weights, unknown.Count);
    }

    private static float Weight(JsonFile file, JsonProperty entry)
    {
        if (entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetSingle(out float weight)
            && float.IsFinite(weight) && weight >= 0)
            return weight;
        throw file.Refuse(entry.Name, "a weight of 0 or more");
    }
}
