using System.Diagnostics;
using System.Globalization;
using SpladeLucene;
using SpladeLucene.Evaluation;

namespace SideBySide;

/// <summary>The measures of both rankings, averaged over all judged queries and over each kind of them.</summary>
internal static class Scoreboard
{
    private const int Depth = 100;

    public static void Print(TwoRankings rankings, TestCollection set, CancellationToken cancellation)
    {
        List<Row> rows = Measure(rankings, set, cancellation);
        Console.WriteLine($"\n{"",-28}{"queries",8}   {"nDCG@10",8}{"MRR@10",8}{"R@100",8}");
        PrintGroup("all", rows);
        string[] kinds = [.. rows.Select(row => row.Kind).Distinct().Order(StringComparer.Ordinal)];
        if (kinds.Length < 2) return;
        foreach (string kind in kinds) PrintGroup(kind, [.. rows.Where(row => row.Kind == kind)]);
    }

    private static List<Row> Measure(TwoRankings rankings, TestCollection set, CancellationToken cancellation)
    {
        IReadOnlyList<CollectionQuery> queries = Slice.Of("all", set).Queries;
        var progress = new ConsoleProgress("Searching");
        var clock = Stopwatch.StartNew();
        var rows = new List<Row>();
        foreach (CollectionQuery query in queries)
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyDictionary<string, int> grades = set.Qrels.Of(query.Id);
            rows.Add(new Row(Samples.KindOf(query),
                Measures.Of(Ids(rankings.SearchBm25(query.Text, Depth)), grades),
                Measures.Of(Ids(rankings.SearchSplade(query.Text, Depth)), grades)));
            progress.Report(new SpladeProgress(rows.Count, queries.Count, clock.Elapsed));
        }

        return rows;
    }

    private static string[] Ids(IReadOnlyList<Hit> hits) => [.. hits.Select(hit => hit.Id)];

    private static void PrintGroup(string name, List<Row> rows)
    {
        PrintLine($"{name}, BM25", [.. rows.Select(row => row.Bm25)]);
        PrintLine($"{name}, SPLADE", [.. rows.Select(row => row.Splade)]);
    }

    private static void PrintLine(string name, Measures[] measures)
    {
        if (measures.Length == 0) return;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-28}{measures.Length,8}   {measures.Average(m => m.Ndcg),8:0.000}{measures.Average(m => m.ReciprocalRank),8:0.000}{measures.Average(m => m.Recall),8:0.000}"));
    }

    private sealed record Row(string Kind, Measures Bm25, Measures Splade);
}
