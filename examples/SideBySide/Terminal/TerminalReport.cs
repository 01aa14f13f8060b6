using System.Globalization;
using Spectre.Console;
using SpladeLucene.Evaluation;

namespace SideBySide;

/// <summary>What the terminal shows: where the rankings differ most, both ways, or the queries that were typed.</summary>
internal sealed class TerminalReport(IAnsiConsole console, Rankings rankings, TestCollection set, int top)
{
    private static readonly Dictionary<string, int> NoGrades = [];

    private readonly RankingView _view = new(console, rankings);

    /// <summary>Shows queries that have no judgements.</summary>
    public void PrintAnswers(IReadOnlyList<string> queries, CancellationToken cancellation)
    {
        _view.PrintLegend();
        foreach (string text in queries)
        {
            cancellation.ThrowIfCancellationRequested();
            _view.Print(text, NoGrades, top);
        }
    }

    /// <summary>Shows the queries where meaning gains and loses most, and the measures of all.</summary>
    public void PrintMeasured(IReadOnlyList<Judged> rows, CancellationToken cancellation)
    {
        _view.PrintLegend();
        Print("Where meaning gains most on words, queries with common words aside "
            + $"({rows.Count(row => row.Gain > 0)} of {rows.Count} judged queries gain):", Samples.Won(rows), cancellation);
        Print($"Where meaning loses most ({rows.Count(row => row.Gain < 0)} of {rows.Count} lose):", Samples.Lost(rows), cancellation);
        Scoreboard.Print(console, rows, rankings.Defaults);
        Scoreboard.PrintCosts(console, rows, rankings.Size());
        console.WriteLine("\nAsk something yourself: --query \"pup will not sleep\". Take your own documents: --collection DIR.");
        console.WriteLine("Next: see it in a browser, with the reasons and controls to try: --web.");
    }

    private void Print(string title, IReadOnlyList<Judged> rows, CancellationToken cancellation)
    {
        console.WriteLine();
        console.Write(new Text(title + "\n", new Style(decoration: Decoration.Underline)));
        if (rows.Count == 0) console.WriteLine("  on no query");
        foreach (Judged row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            string worth = string.Create(CultureInfo.InvariantCulture,
                $"nDCG@10: words {row.Words.Ndcg:0.00}, meaning {row.Meaning.Ndcg:0.00}, fused {row.Fused.Ndcg:0.00}");
            _view.Print(row.Query.Text, set.Qrels.Of(row.Query.Id), top, worth);
        }
    }
}
