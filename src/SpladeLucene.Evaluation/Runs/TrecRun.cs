using System.Globalization;

namespace SpladeLucene.Evaluation;

/// <summary>
/// A run: the ranked documents that an engine returned for each query, as TREC writes them. Immutable, thread-safe.
/// </summary>
public sealed class TrecRun
{
    private static readonly string[] NoDocuments = [];

    private readonly Dictionary<string, string[]> _rankings;

    private TrecRun(string name, Dictionary<string, string[]> rankings)
    {
        Name = name;
        _rankings = rankings;
    }

    /// <summary>The file's name without its folder and without <c>.gz</c>.</summary>
    public string Name { get; }

    /// <summary>The queries that have a document, in the order of the file.</summary>
    public IReadOnlyCollection<string> Queries => _rankings.Keys;

    /// <summary>A query's document ids, best first, none twice; empty for a query without any.</summary>
    public IReadOnlyList<string> Of(string query) => _rankings.GetValueOrDefault(query, NoDocuments);

    /// <summary>
    /// Reads lines of <c>query Q0 document rank score tag</c>, white space between, in any order. As in trec_eval the
    /// ranks are not read: a higher score (as a 32-bit float) comes first, and of equal scores the id that is greater byte
    /// by byte.
    /// </summary>
    /// <param name="path">The file; <c>.gz</c> is unpacked.</param>
    /// <param name="onBadLine">Takes a bad line, which is then left out; null throws it.</param>
    /// <exception cref="MalformedLineException">A line has another form, or a query has a document twice.</exception>
    public static TrecRun Load(string path, Action<MalformedLineException>? onBadLine = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var scores = new Dictionary<string, Dictionary<string, float>>(StringComparer.Ordinal);
        foreach (Entry entry in LineReader.Read(path, (text, _) => Parse(text, scores), onBadLine))
        {
            if (!scores.TryGetValue(entry.Query, out Dictionary<string, float>? ofQuery))
                scores[entry.Query] = ofQuery = new Dictionary<string, float>(StringComparer.Ordinal);
            ofQuery[entry.Document] = entry.Score;
        }

        string name = Path.GetFileName(path);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) name = name[..^3];
        return Of(name, scores);
    }

    /// <summary>Makes a run of scores.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="scores">For each query, the score of each document that was found.</param>
    internal static TrecRun Of(string name, IReadOnlyDictionary<string, Dictionary<string, float>> scores) =>
        new(name, scores.ToDictionary(query => query.Key, query => Ranked(query.Value), StringComparer.Ordinal));

    private static Entry Parse(string text, Dictionary<string, Dictionary<string, float>> known)
    {
        string[] parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 6)
            throw new FormatException($"expected the 6 columns query, Q0, document, rank, score and tag, found {parts.Length}");
        if (!double.TryParse(parts[4], NumberStyles.Float, CultureInfo.InvariantCulture, out double score) || !float.IsFinite((float)score))
            throw new FormatException($"the score '{parts[4]}' is not a number");
        if (known.TryGetValue(parts[0], out Dictionary<string, float>? ofQuery) && ofQuery.ContainsKey(parts[2]))
            throw new FormatException($"document '{parts[2]}' stands twice for query '{parts[0]}'");
        return new Entry(parts[0], parts[2], (float)score);
    }

    /// <summary>Which of two documents stands before the other.</summary>
    internal static int Compare(float score, string id, float otherScore, string otherId)
    {
        int byScore = otherScore.CompareTo(score);
        return byScore != 0 ? byScore : CompareBytes(otherId, id);
    }

    private static string[] Ranked(Dictionary<string, float> scores)
    {
        KeyValuePair<string, float>[] entries = [.. scores];
        Array.Sort(entries, static (one, other) => Compare(one.Value, one.Key, other.Value, other.Key));
        return Array.ConvertAll(entries, entry => entry.Key);
    }

    // UTF-16 orders as UTF-8 does, except that surrogates stand below the characters from U+E000 on.
    private static int CompareBytes(string one, string other)
    {
        int same = one.AsSpan().CommonPrefixLength(other);
        if (same == one.Length || same == other.Length) return one.Length - other.Length;
        return Lifted(one[same]) - Lifted(other[same]);

        static int Lifted(char unit) => char.IsSurrogate(unit) ? unit + 0x2000 : unit;
    }

    private sealed record Entry(string Query, string Document, float Score);
}
