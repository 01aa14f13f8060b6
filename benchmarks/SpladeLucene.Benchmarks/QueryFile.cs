using System.Globalization;

namespace SpladeLucene.Benchmarks;

/// <summary>Queries: id TAB term:weight term:weight ..., with whole weights.</summary>
internal static class QueryFile
{
    public static IReadOnlyList<IReadOnlyDictionary<string, int>> Read(string file, int limit) =>
        [.. File.ReadLines(file).Take(limit).Select(Parse)];

    private static Dictionary<string, int> Parse(string line)
    {
        var weights = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string term in line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..].Split(' '))
        {
            int colon = term.LastIndexOf(':');
            weights[term[..colon]] = int.Parse(term.AsSpan(colon + 1), CultureInfo.InvariantCulture);
        }

        return weights;
    }
}
