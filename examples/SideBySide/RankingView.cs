using System.Globalization;
using Spectre.Console;
using SpladeLucene;
using SpladeLucene.Evaluation;

namespace SideBySide;

/// <summary>Shows the two rankings of a query beside each other, and below them why each hit matched.</summary>
internal sealed class RankingView(IAnsiConsole console, TwoRankings rankings)
{
    private const int ShownMatches = 4;

    // Two columns, with a blank on either side of each.
    private int Width => (Math.Clamp(console.Profile.Width, 80, 160) / 2) - 2;

    /// <summary>What the marks in the columns and the reasons mean.</summary>
    public void PrintLegend()
    {
        console.WriteLine("Each side has the best documents with their scores, which are on a scale of its own: "
            + "compare them within a side.");
        console.WriteLine("* is a document that was judged relevant. Below stands what each word added to a score:");
        console.WriteLine("  dog              the word stands in the question and in the document");
        console.WriteLine("  dog <- canine    the question says dog, the document says canine");
        console.WriteLine("  pup -> dog       the question says pup, the document says dog");
    }

    public void Print(CollectionQuery query, IReadOnlyDictionary<string, int> grades, int top)
    {
        IReadOnlyList<Hit> bm25 = rankings.SearchBm25(query.Text, top), splade = rankings.SearchSplade(query.Text, top);
        console.WriteLine();
        console.Write(new Text(query.Text + "\n", new Style(decoration: Decoration.Bold)));
        Table table = new Table { Border = TableBorder.None }.AddColumn("BM25: by words").AddColumn("SPLADE: by meaning");
        for (int rank = 0; rank < Math.Max(bm25.Count, splade.Count); rank++)
            table.AddRow(Cell(bm25, rank, grades), Cell(splade, rank, grades));
        if (bm25.Count == 0 && splade.Count == 0) table.AddRow("nothing found", "nothing found");
        console.Write(table);
        for (int rank = 0; rank < bm25.Count; rank++)
            PrintReasons($"BM25 {rank + 1}", rankings.ExplainBm25(query.Text, bm25[rank]));
        for (int rank = 0; rank < splade.Count; rank++)
        {
            PrintReasons($"SPLADE {rank + 1}", [.. rankings.Explain(query.Text, splade[rank])
                .Select(match => (InShort(match), match.Score))]);
        }
    }

    private Text Cell(IReadOnlyList<Hit> hits, int rank, IReadOnlyDictionary<string, int> grades)
    {
        if (rank >= hits.Count) return new Text("");
        Hit hit = hits[rank];
        bool relevant = grades.GetValueOrDefault(hit.Id) > 0;
        string text = string.Create(CultureInfo.InvariantCulture,
            $"{(relevant ? "*" : " ")}{rank + 1,2} {hit.Score,6:0.00}  {rankings.Body(hit).ReplaceLineEndings(": ")}");
        return new Text(text.Length <= Width ? text : text[..(Width - 1)] + "…", relevant ? new Style(Color.Green) : Style.Plain);
    }

    private void PrintReasons(string hit, IReadOnlyList<(string Words, float Score)> reasons)
    {
        IEnumerable<string> heaviest = reasons.Take(ShownMatches)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Words} {one.Score:0.00}"));
        string rest = reasons.Count > ShownMatches
            ? string.Create(CultureInfo.InvariantCulture,
                $"; {reasons.Count - ShownMatches} weaker, {reasons.Skip(ShownMatches).Sum(one => one.Score):0.00} together")
            : "";
        console.WriteLine($"  {hit}: {string.Join(", ", heaviest)}{rest}");
    }

    private static string InShort(TermMatch match)
    {
        string query = match.QuerySource is { IsLiteral: false } asked ? $"{asked.Word} -> " : "";
        string document = match.DocumentSource is { IsLiteral: false } said ? $" <- {said.Word}" : "";
        return $"{query}{match.Term}{document}";
    }
}
