using System.Globalization;
using System.Text;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Benchmarks.Collections;

/// <summary>Queries: id TAB term:weight term:weight ..., with whole weights; or JSON lines.</summary>
internal static class QueryFile
{
    /// <exception cref="MalformedLineException">A line is something else; the message names it.</exception>
    /// <exception cref="InvalidDataException">There are no queries.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, int>> Read(string file, int most)
    {
        IReadOnlyDictionary<string, int>[] queries =
        [
            .. (CollectionFile.IsJsonLines(file) ? VectorLines.Read(file)
                : LineReader.Read(file, static (line, _) => Parse(line), onBadLine: null)).Take(most),
        ];
        return queries.Length > 0 ? queries : throw new InvalidDataException($"{file} has no queries.");
    }

    /// <summary>Writes vectors as queries.</summary>
    public static void Write(string file, SourceVectors source, IEnumerable<SourceVector> queries)
    {
        var text = new StringBuilder();
        foreach (SourceVector query in queries)
        {
            IEnumerable<string> entries = query.Terms.Zip(query.Weights, (term, weight) => string.Create(
                CultureInfo.InvariantCulture, $"{source.Vocabulary[term]}:{Math.Max(1, Rounding.Nearest(weight))}"));
            text.Append(query.Id).Append('\t').AppendJoin(' ', entries).Append('\n');
        }

        File.WriteAllText(file, text.ToString());
    }

    /// <summary>Writes queries for the engines that read this form only.</summary>
    public static void Write(string file, IEnumerable<IReadOnlyDictionary<string, int>> queries) =>
        File.WriteAllLines(file, queries.Select((query, i) => string.Create(CultureInfo.InvariantCulture,
            $"{i}\t{string.Join(' ', query.Select(entry => $"{entry.Key}:{entry.Value}"))}")));

    private static Dictionary<string, int> Parse(string line)
    {
        int tab = line.IndexOf('\t', StringComparison.Ordinal);
        if (tab < 0) throw new FormatException("there is no tab between the query's id and its vector");
        var weights = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string entry in line[(tab + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = entry.LastIndexOf(':');
            if (colon <= 0 || !int.TryParse(
                entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int weight))
            {
                throw new FormatException($"'{entry}' is no term with a whole weight");
            }

            if (!weights.TryAdd(entry[..colon], weight))
                throw new FormatException($"the term '{entry[..colon]}' stands there twice");
        }

        return weights;
    }
}
