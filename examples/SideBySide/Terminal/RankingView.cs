using System.Globalization;
using Spectre.Console;
using SpladeLucene;

namespace SideBySide;

/// <summary>Shows the two rankings of a query beside each other, and below them why hits stand where they do.</summary>
internal sealed class RankingView(IAnsiConsole console, Rankings rankings)
{
    private const int ShownReasons = 3, Explained = 3, BarCells = 20, LabelCells = 13;

    private const char TypedCell = '█', ExpansionCell = '▒', FaintCell = '·';

    // Two columns, with a blank on either side of each.
    private int Width => (Math.Clamp(console.Profile.Width, 80, 160) / 2) - 2;

    /// <summary>What the marks in the columns and the reasons mean.</summary>
    public void PrintLegend()
    {
        console.WriteLine("Words are searched by BM25, meaning by SPLADE. Scores of the two have scales of their own: compare "
            + "them within a side.");
        console.WriteLine("* is a document that was judged relevant. Below stands what each word of the query brought it:");
        console.WriteLine("  dog                     both texts say dog, in whatever form");
        console.WriteLine("  dog → canine            the query says dog, the document says canine");
        console.WriteLine("  ill → sick ← poorly     the query says ill, the document says poorly, and the model gives both \"sick\"");
        console.WriteLine($"A bar shows the score's parts: {TypedCell} typed words, {ExpansionCell} expansions, {FaintCell} what is too "
            + "faint to decide anything.");
    }

    /// <param name="text">The query.</param>
    /// <param name="grades">Its judgements; empty where it has none.</param>
    /// <param name="top">How many ranks.</param>
    /// <param name="worth">What the rankings are worth, in words; null where nothing is known.</param>
    public void Print(string text, IReadOnlyDictionary<string, int> grades, int top, string? worth = null)
    {
        RankingSettings settings = rankings.Defaults;
        Found found = rankings.Search(text, settings, top);
        console.WriteLine();
        console.Write(new Text(text, new Style(decoration: Decoration.Bold)));
        console.WriteLine(worth is null ? "" : $"   {worth}");
        Table table = new Table { Border = TableBorder.None }.AddColumn("Words: BM25")
            .AddColumn(new TableColumn(new Text($"Meaning: {settings.Model.Name}")));
        for (int rank = 0; rank < Math.Max(found.Words.Count, found.Meaning.Count); rank++)
            table.AddRow(Cell(found.Words, rank, grades), Cell(found.Meaning, rank, grades));
        if (found.Words.Count == 0 && found.Meaning.Count == 0) table.AddRow("nothing found", "nothing found");
        console.Write(table);
        SpladeQuery query = rankings.Query(text, settings);
        foreach (string notice in QueryNotices.Of(text, query, settings, rankings)) console.WriteLine("  " + notice);
        PrintWhy("Words", found.Words, grades, hit =>
            Reasons.OfWords(text, rankings.Body(hit), rankings.ExplainWords(text, hit)));
        PrintWhy("Meaning", found.Meaning, grades, hit => Reasons.OfMeaning(rankings.Explain(query, hit)));
    }

    private void PrintWhy(string side, IReadOnlyList<Hit> hits, IReadOnlyDictionary<string, int> grades,
        Func<Hit, IReadOnlyList<Reason>> why)
    {
        for (int rank = 0; rank < hits.Count; rank++)
        {
            if (rank < Explained || grades.GetValueOrDefault(hits[rank].Id) > 0)
                console.Write(Line($"{side} {rank + 1}:", why(hits[rank])));
        }
    }

    private static Grid Line(string label, IReadOnlyList<Reason> reasons)
    {
        Shares shares = Reasons.SharesOf(reasons);
        int typed = Cells(shares.Typed), expansions = Math.Min(BarCells - typed, Cells(shares.Expansion));
        Paragraph bar = new Paragraph()
            .Append(new string(TypedCell, typed), new Style(Color.Blue))
            .Append(new string(ExpansionCell, expansions), new Style(Color.Olive))
            .Append(new string(FaintCell, BarCells - typed - expansions), new Style(Color.Grey));
        string words = string.Join(", ", reasons.Take(ShownReasons).Select(InWords));
        int rest = reasons.Count - ShownReasons;
        if (rest > 0)
            words += string.Create(CultureInfo.InvariantCulture, $", {rest} more {reasons.Skip(ShownReasons).Sum(one => one.Score):0.00}");
        return new Grid().AddColumn(new GridColumn { Width = LabelCells }).AddColumn(new GridColumn { Width = BarCells }).AddColumn()
            .AddRow(new Text("  " + label), bar, new Text(words));
    }

    private static int Cells(float share) => (int)Math.Round(BarCells * share);

    private static string InWords(Reason reason) =>
        string.Create(CultureInfo.InvariantCulture, $"{reason.InWords()} {reason.Score:0.00}");

    private Text Cell(IReadOnlyList<Hit> hits, int rank, IReadOnlyDictionary<string, int> grades)
    {
        if (rank >= hits.Count) return Text.Empty;
        Hit hit = hits[rank];
        bool relevant = grades.GetValueOrDefault(hit.Id) > 0;
        string text = string.Create(CultureInfo.InvariantCulture,
            $"{(relevant ? "*" : " ")}{rank + 1,2} {hit.Score,6:0.00}  {rankings.Body(hit).ReplaceLineEndings(": ")}");
        return new Text(text.Length <= Width ? text : text[..(Width - 1)] + "…", relevant ? new Style(Color.Green) : Style.Plain);
    }
}
