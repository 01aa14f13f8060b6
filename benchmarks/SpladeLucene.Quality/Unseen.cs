using SpladeLucene.Benchmarks.Shared;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Quality;

/// <summary>Models over collections that nothing was chosen on, in one report: first what they gain on BM25.</summary>
internal static class Unseen
{
    private const string Name = "quality-unseen";

    // Of a report that is written anew the lines between these two stay.
    private const string ByHand = "<!-- By hand, kept by the benchmark: -->", ByHandEnds = "<!-- By the benchmark: -->";

    private static readonly string[] Ways =
        [Comparison.Baseline, Comparison.Alone, Comparison.Literal, Comparison.WithoutNetwork, Comparison.Fused];

    // A way of searching, and the one that it is measured against; null for the best BM25 of each collection.
    private static readonly (string Title, string Way, string? Other)[] Gains =
    [
        ("SPLADE − BM25", Comparison.Alone, Comparison.Baseline),
        ("inference-free − BM25", Comparison.WithoutNetwork, Comparison.Baseline),
        ("fused − BM25", Comparison.Fused, Comparison.Baseline),
        ("fused − the better BM25", Comparison.Fused, null),
    ];

    public static async Task RunAsync(
        IReadOnlyList<string> models, string folder, string output, CancellationToken cancellation)
    {
        TestCollection[] sets = [.. Collections.In(folder).Select(path => TestCollection.Load(path))];
        var report = new Report();
        Introduce(sets, report);
        var measured = new List<(Slice Slice, Run[] Runs)>();
        foreach (string model in models) measured.AddRange(await MeasureAsync(model, sets, report, cancellation));
        KeepWhatIsWrittenByHand(Path.Combine(output, Name + ".md"), report);
        foreach ((Slice slice, Run[] runs) in measured) report.Table(slice, runs);
        report.Save(output, Name);
    }

    private static void KeepWhatIsWrittenByHand(string path, Report report)
    {
        report.Line(ByHand);
        report.Line();
        if (File.Exists(path))
        {
            IEnumerable<string> written = File.ReadLines(path).SkipWhile(line => line != ByHand).Skip(2).TakeWhile(line => line != ByHandEnds);
            foreach (string line in written) report.Line(line);
        }

        report.Line(ByHandEnds);
        report.Line();
    }

    private static void Introduce(IReadOnlyList<TestCollection> sets, Report report)
    {
        report.Line("# Retrieval quality on collections that nothing was chosen on");
        report.Line();
        report.Line("Tables by `dotnet run -c Release --project benchmarks/SpladeLucene.Quality -- --unseen DIR`. nDCG@10; in brackets: 95 % of "
            + "2,000 resamplings of the queries, pairwise. BM25: EnglishAnalyzer, k1 = 0.9, b = 0.4; *the better BM25* is the best on these very "
            + "queries of that, the same with Lucene's 1.2 and 0.75, and StandardAnalyzer. *Without expansions* is the control: the same vectors "
            + "restricted to the tokens that stand in the text. *Inference-free*: queries by idf.json, without a network. *Fused*: a "
            + "`HybridSearcher` as it comes, with the model's own weight.");
        report.Line();
        report.Line(MarkdownTable.Head("collection", "documents", "words a document", "judged queries", "words a query", "relevant a query"));
        foreach (TestCollection set in sets) report.Line(MarkdownTable.Row(Sizes(set)));
        report.Line();
    }

    private static string[] Sizes(TestCollection set)
    {
        int[] words = [.. set.ReadDocuments().Select(document => WordsOf(document.Body))];
        IReadOnlyList<CollectionQuery> judged = JudgedOf(set);
        return
        [
            NameOf(set), MarkdownTable.Number(words.Length, "#,0"), Mean(words),
            MarkdownTable.Number(judged.Count, "#,0"), Mean(judged.Select(query => WordsOf(query.Text))),
            Mean(judged.Select(query => set.Qrels.Of(query.Id).Values.Count(grade => grade > 0))),
        ];

        static string Mean(IEnumerable<int> counts) => MarkdownTable.Number(counts.DefaultIfEmpty().Average(), "#,0.0");
    }

    private static async Task<IReadOnlyList<(Slice Slice, Run[] Runs)>> MeasureAsync(
        string folder, IReadOnlyList<TestCollection> sets, Report report, CancellationToken cancellation)
    {
        using var model = new ModelUnderTest(folder);
        string name = model.Splade.Fingerprint.Name;
        var measured = new List<(Slice Slice, Run[] Runs)>();
        foreach (TestCollection set in sets)
        {
            Console.Error.WriteLine($"{name}: {NameOf(set)}");
            using Comparison comparison = await Comparison.PrepareAsync(set, model, cancellation);
            Slice slice = JudgedSlice.Of($"{NameOf(set)}, {name}", set);
            measured.Add((slice, [.. comparison.All(slice)]));
        }

        report.Line($"## {name}");
        report.Line();
        report.Line($"`{model.Splade.Fingerprint}`, {ModelUnderTest.Settings(model.Splade)}.");
        report.Line();
        Summarize([.. sets.Zip(measured, (set, one) => (NameOf(set), one.Runs))], report);
        return measured;
    }

    private static void Summarize(IReadOnlyList<(string Set, Run[] Runs)> measured, Report report)
    {
        report.Line(MarkdownTable.Head(["", .. Ways, .. Gains.Select(gain => gain.Title)]));
        foreach ((string set, Run[] runs) in measured)
        {
            report.Line(MarkdownTable.Row([set, .. Ways.Select(way => Shown(runs, way)),
                .. Gains.Select(gain => Pair(runs, gain) is var (run, other) ? Report.Difference(run, other) : "")]));
        }

        report.Line(Row("mean", Enumerable.Average));
        report.Line(Row("worst", Enumerable.Min));
        report.Line();

        string Row(string name, Func<IEnumerable<double>, double> over) => MarkdownTable.Row([name, .. Ways.Select(_ => ""),
            .. Gains.Select(gain => measured.Select(one => Pair(one.Runs, gain)).OfType<(Run Run, Run Other)>().ToArray())
                .Select(pairs => pairs.Length == 0 ? "" : Report.Signed(over(pairs.Select(pair => pair.Run.MeanNdcg - pair.Other.MeanNdcg))))]);
    }

    private static string Shown(Run[] runs, string way) =>
        Find(runs, way) is { } run ? MarkdownTable.Number(run.MeanNdcg, "0.000") : "";

    private static (Run Run, Run Other)? Pair(Run[] runs, (string Title, string Way, string? Other) gain) =>
        Find(runs, gain.Way) is { } run ? (run, gain.Other is { } other ? Find(runs, other)! : Run.BetterBm25(runs)) : null;

    private static Run? Find(Run[] runs, string way) => runs.FirstOrDefault(run => run.Name == way);

    private static string NameOf(TestCollection set) => Path.GetFileName(set.Folder);

    private static IReadOnlyList<CollectionQuery> JudgedOf(TestCollection set) => JudgedSlice.Of("", set).Queries;

    private static int WordsOf(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
