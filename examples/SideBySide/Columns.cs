using System.Globalization;
using SpladeLucene;
using SpladeLucene.Evaluation;

namespace SideBySide;

/// <summary>Prints the two rankings of a query beside each other, and below them why each SPLADE hit matched.</summary>
internal static class Columns
{
    private const int ShownMatches = 4;

    private static readonly int Width = (Console.IsOutputRedirected ? 120 : Math.Clamp(Console.WindowWidth, 80, 160)) / 2 - 2;

    public static void Print(
        TwoRankings rankings, CollectionQuery query, IReadOnlyDictionary<string, int> grades, int top)
    {
        IReadOnlyList<Hit> bm25 = rankings.SearchBm25(query.Text, top);
        IReadOnlyList<Hit> splade = rankings.SearchSplade(query.Text, top);
        Console.WriteLine($"\n{query.Text}{(grades.Count > 0 ? $"   ({query.Id}, * judged relevant)" : "")}");
        PrintRow("  BM25", "  SPLADE");
        for (int rank = 0; rank < Math.Max(bm25.Count, splade.Count); rank++)
            PrintRow(Cell(rankings, bm25, rank, grades), Cell(rankings, splade, rank, grades));
        if (bm25.Count == 0 && splade.Count == 0) PrintRow("  nothing found", "  nothing found");
        if (splade.Count > 0) Console.WriteLine("  Why (query's word > term < document's word, a term alone is said by both):");
        for (int rank = 0; rank < splade.Count; rank++)
            Console.WriteLine($"  SPLADE {rank + 1}: {Why(rankings.Explain(query.Text, splade[rank]))}");
    }

    private static void PrintRow(string left, string right) => Console.WriteLine($"{left.PadRight(Width)} | {right}");

    private static string Cell(
        TwoRankings rankings, IReadOnlyList<Hit> hits, int rank, IReadOnlyDictionary<string, int> grades)
    {
        if (rank >= hits.Count) return "";
        Hit hit = hits[rank];
        string mark = grades.GetValueOrDefault(hit.Id) > 0 ? "*" : " ";
        string score = hit.Score.ToString("0.00", CultureInfo.InvariantCulture);
        return Cut($"{mark}{rank + 1,2} {score,6}  {rankings.Body(hit).ReplaceLineEndings(" — ")}");
    }

    private static string Cut(string text) => text.Length <= Width ? text : text[..(Width - 1)] + "…";

    private static string Why(IReadOnlyList<TermMatch> matches)
    {
        IEnumerable<string> heaviest = matches.Take(ShownMatches).Select(InShort);
        string rest = matches.Count > ShownMatches ? $", {matches.Count - ShownMatches} more" : "";
        return string.Join(", ", heaviest) + rest;
    }

    // An expansion reads query's word > term < document's word; a word both say is just itself.
    private static string InShort(TermMatch match)
    {
        string query = match.QuerySource is { IsLiteral: false } asked ? $"{asked.Word} > " : "";
        string document = match.DocumentSource is { IsLiteral: false } said ? $" < {said.Word}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{query}{match.Term}{document} {match.Score:0.00}");
    }
}
