using Spectre.Console;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Tool.Comparing;

/// <summary>What was asked of <c>splade compare</c>.</summary>
/// <param name="Index">The index.</param>
/// <param name="Queries">A file of queries, or a collection's folder.</param>
/// <param name="Field">The SPLADE field.</param>
/// <param name="Words">The fields of words.</param>
/// <param name="Model">The model.</param>
internal sealed record CompareRequest(string Index, string Queries, string Field, IReadOnlyList<string> Words, string Model)
{
    /// <summary>The stored fields that were encoded.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>The judgements; null for those of the collection's folder, if it is one.</summary>
    public string? Qrels { get; init; }

    /// <summary>The stored field that judgements know documents by.</summary>
    public string Id { get; init; } = "id";

    /// <summary>The stored field that is shown of a hit; null for the first that has a text.</summary>
    public string? Show { get; init; }

    /// <summary>Where the report goes.</summary>
    public string Report { get; init; } = "compare.html";

    /// <summary>A folder for the runs; null for none.</summary>
    public string? Runs { get; init; }

    /// <summary>The queries.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MalformedLineException">A line is not what it should be.</exception>
    /// <exception cref="InvalidDataException">There is none, or a run can't hold one's id.</exception>
    public List<CollectionQuery> ReadQueries()
    {
        string file = Directory.Exists(Queries) ? TestCollection.QueriesIn(Queries) : Queries;
        if (!File.Exists(file)) throw new FileNotFoundException($"There is no file '{file}'.");
        List<CollectionQuery> queries = TestCollection.ReadQueries(file, null);
        if (queries.Count == 0) throw new InvalidDataException($"'{file}' has no query.");
        if (Runs is not null && queries.Find(query => query.Id.Length == 0 || query.Id.Any(char.IsWhiteSpace)) is { } bad)
            throw new InvalidDataException($"The query id '{bad.Id}' is empty or has white space, and no run can hold it: leave --runs out.");
        return queries;
    }

    /// <summary>The judgements of these queries; null where there are none to be had.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MalformedLineException">A line is not what it should be.</exception>
    /// <exception cref="InvalidDataException">None of the queries is judged.</exception>
    public Qrels? ReadQrels(IReadOnlyCollection<CollectionQuery> queries, ToolConsole console)
    {
        if (Qrels is null && !(Directory.Exists(Queries) && TestCollection.HasQrels(Queries))) return null;
        string file = Qrels ?? Queries;
        Qrels all = SpladeLucene.Evaluation.Qrels.Load(file), asked = all.Only(queries.Select(query => query.Id));
        if (asked.Judged.Count == 0)
        {
            throw new InvalidDataException($"'{file}' judges none of the queries: it has '{all.Judged.FirstOrDefault()}', "
                + $"they have '{queries.First().Id}'.");
        }

        if (asked.Judged.Count < queries.Count)
            console.Error.WriteLine($"{Amounts.Count(queries.Count - asked.Judged.Count, "query", "queries")} of {queries.Count:N0} without a judgement.");
        return asked;
    }

    /// <summary>Sees that the report can be written where it is to be.</summary>
    /// <exception cref="DirectoryNotFoundException">Its folder isn't there.</exception>
    /// <exception cref="InvalidDataException">It is a folder, or one of the inputs.</exception>
    public void RequirePlaces()
    {
        string place = Path.GetFullPath(Report);
        if (Directory.Exists(place)) throw new InvalidDataException($"'{Report}' is a folder; --to names a file.");
        if (Path.GetDirectoryName(place) is { } folder && !Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder '{folder}' for the report.");
        if (new[] { Queries, Qrels }.Any(input => input is not null && Path.GetFullPath(input) == place))
            throw new InvalidDataException($"'{Report}' is read and can't be the report too.");
        RequireWritable(place);
        if (Runs is not null && File.Exists(Runs)) throw new InvalidDataException($"'{Runs}' is a file; --runs names a folder.");
    }

    // Not after all queries were asked.
    private static void RequireWritable(string place)
    {
        bool isThere = File.Exists(place);
        File.OpenHandle(place, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
        if (!isThere) File.Delete(place);
    }
}
