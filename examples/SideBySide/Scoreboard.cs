using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using SpladeLucene;
using SpladeLucene.Evaluation;

namespace SideBySide;

/// <summary>A judged query with what each ranking of it is worth.</summary>
internal sealed record Judged(CollectionQuery Query, Measures Bm25, Measures Splade, Measures Fused)
{
    /// <summary>What SPLADE gains on BM25; negative where it loses.</summary>
    public double Gain => Splade.Ndcg - Bm25.Ndcg;
}

/// <summary>The measures of each ranking, averaged over all judged queries and over each kind of them.</summary>
internal static class Scoreboard
{
    private const int Depth = 100;

    public static List<Judged> Measure(
        TwoRankings rankings, TestCollection set, IProgress<SpladeProgress> progress, CancellationToken cancellation)
    {
        IReadOnlyList<CollectionQuery> queries = Slice.Of("all", set).Queries;
        var clock = Stopwatch.StartNew();
        var rows = new List<Judged>();
        foreach (CollectionQuery query in queries)
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyDictionary<string, int> grades = set.Qrels.Of(query.Id);
            IReadOnlyList<Hit> bm25 = rankings.SearchBm25(query.Text, Depth);
            IReadOnlyList<Hit> splade = rankings.SearchSplade(query.Text, Depth);
            rows.Add(new Judged(query, Measures.Of(Ids(bm25), grades), Measures.Of(Ids(splade), grades),
                Measures.Of(TwoRankings.Fuse(bm25, splade), grades)));
            progress.Report(new SpladeProgress(rows.Count, queries.Count, clock.Elapsed));
        }

        return rows;
    }

    public static void Print(IAnsiConsole console, IReadOnlyList<Judged> rows)
    {
        if (rows.Count == 0) return;
        Table table = new Table { Border = TableBorder.None }.AddColumn("");
        foreach (string name in new[] { "queries", "nDCG@10", "MRR@10", "R@100", "nDCG@10 against BM25" })
            table.AddColumn(name, column => column.RightAligned());
        AddGroup(table, "all", rows);
        string[] kinds = [.. rows.Select(row => Samples.KindOf(row.Query)).Distinct().Order(StringComparer.Ordinal)];
        foreach (string kind in kinds.Length > 1 ? kinds : [])
            AddGroup(table, kind, [.. rows.Where(row => Samples.KindOf(row.Query) == kind)]);
        console.WriteLine();
        console.Write(table);
        console.WriteLine("nDCG@10: how near the first ten are to the best possible ten, 1 being the best.");
        console.WriteLine("MRR@10: 1 / rank of the first relevant document, 0 where the first ten have none.");
        console.WriteLine("R@100: the share of the relevant documents that the first hundred have.");
        console.WriteLine("In brackets: 95 % confidence interval, over the queries. An interval around 0 decides nothing.");
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Fused: {1 - TwoRankings.FusedWeight:0.0} × BM25 + {TwoRankings.FusedWeight:0.0} × SPLADE."));
    }

    private static string[] Ids(IReadOnlyList<Hit> hits) => [.. hits.Select(hit => hit.Id)];

    private static void AddGroup(Table table, string name, IReadOnlyList<Judged> rows)
    {
        double[] bm25 = [.. rows.Select(row => row.Bm25.Ndcg)];
        AddRow(table, $"{name}, BM25", [.. rows.Select(row => row.Bm25)], null);
        AddRow(table, $"{name}, SPLADE", [.. rows.Select(row => row.Splade)], bm25);
        AddRow(table, $"{name}, fused", [.. rows.Select(row => row.Fused)], bm25);
    }

    private static void AddRow(Table table, string name, Measures[] measures, double[]? others)
    {
        string against = "";
        if (others is not null)
        {
            var mean = Bootstrap.OfDifference([.. measures.Select(one => one.Ndcg)], others);
            against = $"{Signed(mean.Mean)} [{Signed(mean.Low)}, {Signed(mean.High)}]";
        }

        table.AddRow(new Text(name), new Text($"{measures.Length}"), Mean(measures, one => one.Ndcg),
            Mean(measures, one => one.ReciprocalRank), Mean(measures, one => one.Recall), new Text(against));
    }

    private static Text Mean(Measures[] measures, Func<Measures, double> measure) =>
        new(measures.Average(measure).ToString("0.000", CultureInfo.InvariantCulture));

    private static string Signed(double value) => value.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);
}
