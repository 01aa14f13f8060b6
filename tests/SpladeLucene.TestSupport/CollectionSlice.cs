using System.Text.Json;

namespace SpladeLucene.TestSupport;

/// <summary>A few documents of a collection, with their judgements and the queries that have any among them.</summary>
public static class CollectionSlice
{
    /// <summary>Writes the slice as a collection of its own; returns how many documents it has.</summary>
    /// <param name="source">The folder of a whole collection in BEIR's form.</param>
    /// <param name="target">The folder that is written.</param>
    /// <param name="first">So many documents from its beginning.</param>
    /// <param name="more">Titles of others.</param>
    public static int Write(string source, string target, int first, params string[] more)
    {
        string[] documents =
        [
            .. File.ReadLines(Path.Combine(source, "corpus.jsonl"))
                .Where((line, i) => i < first || more.Contains(Of(line, "title"), StringComparer.Ordinal)),
        ];
        HashSet<string> ids = [.. documents.Select(line => Of(line, "_id"))];
        string[] judgements = [.. File.ReadLines(Path.Combine(source, "qrels", "test.tsv"))
            .Where((line, i) => i == 0 || ids.Contains(line.Split('\t')[1]))];
        HashSet<string> judged = [.. judgements.Select(line => line.Split('\t')[0])];
        System.IO.Directory.CreateDirectory(Path.Combine(target, "qrels"));
        File.WriteAllLines(Path.Combine(target, "corpus.jsonl"), documents);
        File.WriteAllLines(Path.Combine(target, "qrels", "test.tsv"), judgements);
        File.WriteAllLines(Path.Combine(target, "queries.jsonl"),
            File.ReadLines(Path.Combine(source, "queries.jsonl")).Where(line => judged.Contains(Of(line, "_id"))));
        return documents.Length;
    }

    private static string Of(string line, string name)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty(name).GetString()!;
    }
}
