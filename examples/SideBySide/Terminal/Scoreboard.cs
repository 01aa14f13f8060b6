using System.Globalization;
using Spectre.Console;
using SpladeLucene.Evaluation;

namespace SideBySide;

/// <summary>The measures of each ranking, averaged over all judged queries and over each kind of them, and what they cost.</summary>
internal static class Scoreboard
{
    public static void Print(IAnsiConsole console, IReadOnlyList<Judged> rows, RankingSettings settings)
    {
        if (rows.Count == 0) return;
        Table table = new Table { Border = TableBorder.None }.AddColumn("");
        foreach (string name in new[] { "queries", "nDCG@10", "MRR@10", "R@100", "nDCG@10 against words" })
            table.AddColumn(name, column => column.RightAligned());
        AddGroup(table, "all", rows);
        string[] kinds = [.. rows.Select(row => row.Kind).Distinct().Order(StringComparer.Ordinal)];
        foreach (string kind in kinds.Length > 1 ? kinds : [])
            AddGroup(table, kind, [.. rows.Where(row => row.Kind == kind)]);
        console.WriteLine();
        console.Write(table);
        console.WriteLine("nDCG@10: how near the first ten are to the best possible ten, 1 being the best.");
        console.WriteLine("MRR@10: 1 / rank of the first relevant document, 0 where the first ten have none.");
        console.WriteLine("R@100: the share of the relevant documents that the first hundred have.");
        console.WriteLine("In brackets: 95 % confidence interval of the difference, over the queries. An interval around 0 decides "
            + "nothing.");
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Fused: {1 - settings.Fusion:0.0#} × words × coverage² + {settings.Fusion:0.0#} × meaning, as the model was calibrated."));
        console.WriteLine("Coverage: how much of the question the document's words cover, 0 to 1.");
    }

    /// <summary>How large the index is, and what a query takes.</summary>
    public static void PrintCosts(IAnsiConsole console, IReadOnlyList<Judged> rows, IndexSize size)
    {
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\nIndex: {size.Documents:#,0} documents, {size.Bytes / 1024.0:#,0} KiB with the texts; {PerDocument(size.WordsPostings):0} "
            + $"words and {PerDocument(size.MeaningPostings):0} terms of meaning a document; {size.ImpactBytes / 1024.0:#,0} KiB of impacts in memory."));
        if (rows.Count == 0) return;
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"A query, at the median of {rows.Count}: words {Median(time => time.Words):0.0} ms; the model {Median(time => time.Encoding):0.0} ms "
            + $"and meaning {Median(time => time.Meaning):0.0} ms; fused {Median(time => time.Fused):0.0} ms."));

        double PerDocument(long postings) => (double)postings / Math.Max(1, size.Documents);

        double Median(Func<Times, double> time) => rows.Select(row => time(row.Times)).Order().ElementAt(rows.Count / 2);
    }

    private static void AddGroup(Table table, string name, IReadOnlyList<Judged> rows)
    {
        double[] words = [.. rows.Select(row => row.Words.Ndcg)];
        AddRow(table, $"{name}, words", [.. rows.Select(row => row.Words)], null);
        AddRow(table, $"{name}, meaning", [.. rows.Select(row => row.Meaning)], words);
        AddRow(table, $"{name}, fused", [.. rows.Select(row => row.Fused)], words);
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
