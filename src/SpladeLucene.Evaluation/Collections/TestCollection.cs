namespace SpladeLucene.Evaluation;

/// <summary>
/// A folder with documents, queries and judgements: <c>corpus.jsonl</c>; <c>queries.jsonl</c> or <c>queries.tsv</c>;
/// <c>qrels/test.tsv</c> (BEIR) or <c>qrels.txt</c> (TREC). Each may end in <c>.gz</c>. Thread-safe.
/// </summary>
public sealed partial class TestCollection
{
    private static readonly string[] QrelsNames = ["qrels/test.tsv", "qrels.txt"], QueriesNames = ["queries.jsonl", "queries.tsv"];

    private readonly string _corpus;
    private readonly Action<MalformedLineException>? _onBadLine;

    private TestCollection(
        string corpus, IReadOnlyList<CollectionQuery> queries, Qrels qrels, Action<MalformedLineException>? onBadLine)
    {
        _corpus = corpus;
        _onBadLine = onBadLine;
        Queries = queries;
        Qrels = qrels;
    }

    /// <summary>The folder's full path, without a separator at its end.</summary>
    public string Folder { get; private init; } = "";

    /// <summary>The queries in the order of their file.</summary>
    public IReadOnlyList<CollectionQuery> Queries { get; }

    /// <summary>The judgements.</summary>
    public Qrels Qrels { get; }

    /// <summary>Reads queries and judgements, and finds the documents.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="onBadLine">Takes a bad line, which is then left out; null throws it.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">A file is missing; the message says which names were looked for.</exception>
    /// <exception cref="MalformedLineException">A line is not what it should be.</exception>
    public static TestCollection Load(string directory, Action<MalformedLineException>? onBadLine = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (!Directory.Exists(directory)) throw new DirectoryNotFoundException($"There is no folder '{directory}'.");
        string corpus = Find(directory, "documents", ["corpus.jsonl"]);
        string queries = QueriesIn(directory);
        string qrels = QrelsIn(directory);
        return new TestCollection(corpus, ReadQueries(queries, onBadLine), Qrels.Load(qrels, onBadLine), onBadLine)
        {
            Folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)),
        };
    }

    /// <summary>Reads the documents one by one; each call reads the file anew.</summary>
    /// <exception cref="MalformedLineException">A line is not what it should be, or repeats an id.</exception>
    public IEnumerable<CollectionDocument> ReadDocuments()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return LineReader.Read(_corpus, (text, _) => ParseDocument(text, seen), _onBadLine);
    }

    /// <summary>The file of a folder's judgements.</summary>
    internal static string QrelsIn(string directory) => Find(directory, "judgements", QrelsNames);

    /// <summary>Whether a folder has judgements.</summary>
    internal static bool HasQrels(string directory) => QrelsNames.Any(name => File.Exists(Path.Combine(directory, name)) || File.Exists(Path.Combine(directory, name + ".gz")));

    /// <summary>The file of a folder's queries.</summary>
    internal static string QueriesIn(string directory) => Find(directory, "queries", QueriesNames);

    /// <summary>The same; null where there is none.</summary>
    internal static string? FindQueriesIn(string directory) => Find(directory, QueriesNames);

    private static string Find(string directory, string what, string[] names) => Find(directory, names) ?? throw new FileNotFoundException(
        $"The folder '{directory}' has no {what}: looked for {string.Join(", ", names)} (or .gz).");

    private static string? Find(string directory, string[] names)
    {
        foreach (string name in names)
        {
            string path = Path.Combine(directory, name);
            if (File.Exists(path)) return path;
            if (File.Exists(path + ".gz")) return path + ".gz";
        }

        return null;
    }
}
