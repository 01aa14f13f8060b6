using System.Text;
using SpladeLucene.Benchmarks.Shared;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Quality;

/// <summary>The results in Markdown; what is added is printed at once.</summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new();
    private readonly Picture _picture = new();

    public void Line(string line = "")
    {
        _text.Append(line).Append('\n');
        Console.WriteLine(line);
    }

    /// <summary>
    /// One row for each way of searching, with its differences from the better BM25 and from the control.
    /// </summary>
    public void Table(Slice slice, IReadOnlyList<Run> runs)
    {
        Run bm25 = Run.BetterBm25(runs);
        Run control = runs.Single(run => run.Name == Comparison.Literal);
        Line($"## {slice.Name} ({slice.Queries.Count} {(slice.Queries.Count == 1 ? "query" : "queries")})");
        Line();
        Line(MarkdownTable.Head("", "nDCG@10", "MRR@10", "R@100", "terms a document", "terms a query",
            "nDCG@10 − the better BM25", "nDCG@10 − the control"));
        foreach (Run run in runs)
        {
            Line(MarkdownTable.Row(run.Name, Mean(run, one => one.Ndcg), Mean(run, one => one.ReciprocalRank),
                Mean(run, one => one.Recall), Terms(run.DocumentTerms), Terms(run.QueryTerms),
                Difference(run, bm25), Difference(run, control)));
        }

        Line();
    }

    /// <summary>The bars of a slice in the picture beside the tables.</summary>
    public void Draw(Slice slice, IReadOnlyList<Run> runs) => _picture.Add(slice, runs);

    /// <summary>Writes the tables, and the picture if anything was drawn.</summary>
    public void Save(string folder, string name)
    {
        System.IO.Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name + ".md"), _text.ToString());
        if (!_picture.IsEmpty) File.WriteAllText(Path.Combine(folder, name + ".svg"), _picture.ToString());
    }

    /// <summary>A mean difference with its interval; nothing for a run beside itself.</summary>
    public static string Difference(Run run, Run other)
    {
        if (ReferenceEquals(run, other)) return "";
        var mean = Bootstrap.OfDifference(run.Ndcg, other.Ndcg);
        return $"{Signed(mean.Mean)} [{Signed(mean.Low)}, {Signed(mean.High)}]";
    }

    public static string Signed(double value) => MarkdownTable.Number(value, "+0.000;−0.000;0.000");

    private static string Mean(Run run, Func<Measures, double> measure)
    {
        var mean = Bootstrap.Of([.. run.Measures.Select(measure)]);
        return $"{MarkdownTable.Number(mean.Mean, "0.000")} [{MarkdownTable.Number(mean.Low, "0.000")}, {MarkdownTable.Number(mean.High, "0.000")}]";
    }

    private static string Terms(double? terms) => terms is { } count ? MarkdownTable.Number(count, "0.0") : "";
}
