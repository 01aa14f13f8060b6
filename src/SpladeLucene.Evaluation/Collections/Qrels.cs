using System.Globalization;

namespace SpladeLucene.Evaluation;

/// <summary>Relevance judgements: for each query, the grade of each judged document. Immutable, thread-safe.</summary>
public sealed class Qrels
{
    private static readonly Dictionary<string, int> NoGrades = [];

    private readonly Dictionary<string, Dictionary<string, int>> _grades;

    private Qrels(Dictionary<string, Dictionary<string, int>> grades) => _grades = grades;

    /// <summary>
    /// The queries that have at least one relevant document (grade above 0): those of a <see cref="Slice"/>. A
    /// <see cref="RunEvaluation"/> averages over <see cref="Judged"/>, as trec_eval does.
    /// </summary>
    public IEnumerable<string> Queries => _grades.Where(query => query.Value.Values.Any(grade => grade > 0)).Select(query => query.Key);

    /// <summary>Every query that has a judgement, relevant documents or none.</summary>
    public IReadOnlyCollection<string> Judged => _grades.Keys;

    /// <summary>The grades of a query's judged documents; empty for a query without judgements.</summary>
    public IReadOnlyDictionary<string, int> Of(string query) => _grades.GetValueOrDefault(query, NoGrades);

    /// <summary>
    /// Reads judgements in TREC's form (<c>query iteration document grade</c>, white space between) or in BEIR's
    /// (<c>query TAB document TAB grade</c>, with or without its header line). Ids may have blanks in them where a
    /// line has tabs.
    /// </summary>
    /// <param name="path">The file, where <c>.gz</c> is unpacked, or the folder of a <see cref="TestCollection"/>.</param>
    /// <param name="onBadLine">Takes a bad line, which is then left out; null throws it.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or the folder has none.</exception>
    /// <exception cref="MalformedLineException">A line has neither form, or judges a document a second time.</exception>
    public static Qrels Load(string path, Action<MalformedLineException>? onBadLine = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path)) path = TestCollection.QrelsIn(path);
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file or folder '{path}'.", path);
        var grades = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        foreach (Judgement judgement in LineReader.Read(path, (text, line) => Parse(text, line, grades), onBadLine))
            Add(grades, judgement);
        return new Qrels(grades);
    }

    /// <summary>The judgements of these queries alone.</summary>
    internal Qrels Only(IEnumerable<string> queries)
    {
        HashSet<string> kept = [.. queries];
        return new Qrels(_grades.Where(query => kept.Contains(query.Key)).ToDictionary(query => query.Key, query => query.Value, StringComparer.Ordinal));
    }

    private static Judgement? Parse(string text, long line, Dictionary<string, Dictionary<string, int>> known)
    {
        string[] parts = text.Contains('\t', StringComparison.Ordinal)
            ? text.Split('\t') : text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (line == 1 && parts is ["query-id", "corpus-id", "score"]) return null; // BEIR's header
        if (parts.Length is not (3 or 4))
            throw new FormatException($"expected 3 (BEIR) or 4 (TREC) columns, found {parts.Length}");
        if (!int.TryParse(parts[^1], CultureInfo.InvariantCulture, out int grade))
            throw new FormatException($"the grade '{parts[^1]}' is not a whole number");
        if (parts[0].Length == 0 || parts[^2].Length == 0) throw new FormatException("an id is empty");

        var judgement = new Judgement(parts[0], parts[^2], grade);
        if (known.GetValueOrDefault(judgement.Query, NoGrades).ContainsKey(judgement.Document))
            throw new FormatException($"document '{judgement.Document}' is judged twice for query '{judgement.Query}'");
        return judgement;
    }

    private static void Add(Dictionary<string, Dictionary<string, int>> grades, Judgement judgement)
    {
        if (!grades.TryGetValue(judgement.Query, out Dictionary<string, int>? ofQuery))
            grades[judgement.Query] = ofQuery = new Dictionary<string, int>(StringComparer.Ordinal);
        ofQuery[judgement.Document] = judgement.Grade;
    }

    private sealed record Judgement(string Query, string Document, int Grade);
}
