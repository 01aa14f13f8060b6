using SpladeLucene.Benchmarks.Shared;
using SpladeLucene.Evaluation;
using SpladeLucene.Onnx;

namespace SpladeLucene.Quality;

/// <summary>
/// Tries settings of windows, length normalization and pruning, on queries that nothing is reported on.
/// </summary>
internal static class Tuning
{
    private static readonly TextWindows[] Windows =
    [
        TextWindows.None, new(34, 8, WindowMerge.Max), new(34, 8, WindowMerge.WeightedMean),
        .. new[] { 18, 34, 66, 130 }.SelectMany(tokens => new TextWindows[]
        {
            new(tokens), new(tokens, 0, WindowMerge.WeightedMean), new(tokens, 0, WindowMerge.Saturated(0.6f, 0.11f)),
        }),
    ];

    private static readonly float[] Exponents = [0, 0.5f, 0.75f];
    private static readonly int[] Limits = [int.MaxValue, 256, 128];

    public static async Task RunAsync(
        string folder, string collection, IReadOnlyList<string> others, CancellationToken cancellation)
    {
        TestCollection own = TestCollection.Load(collection);
        (TestCollection Set, Slice Slice)[] all =
        [
            (own, JudgedSlice.Of("dev other", own, ("split", "dev"), ("kind", "other-words"))),
            (own, JudgedSlice.Of("dev same", own, ("split", "dev"), ("kind", "same-words"))),
            .. others.Select(path => TestCollection.Load(path)).Select(set => (set, JudgedSlice.Of(Path.GetFileName(set.Folder), set))),
        ];
        await FuseAsync(folder, all, cancellation);
        Console.WriteLine();
        Console.WriteLine(MarkdownTable.Head(["windows", "length", "terms", .. all.Select(one => one.Slice.Name)]));
        foreach (TextWindows windows in Windows) await TryAsync(folder, windows, all, cancellation);
    }

    private static async Task FuseAsync(
        string folder, (TestCollection Set, Slice Slice)[] all, CancellationToken cancellation)
    {
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder);
        double[] weights = [.. Enumerable.Range(0, 20).Select(step => step / 20.0)];
        Console.WriteLine(MarkdownTable.Head(["fused on", .. weights.Select(weight => MarkdownTable.Number(weight, "0.00"))]));
        foreach ((TestCollection set, Slice slice) in all)
        {
            using CollectionIndex index = await CollectionIndex.BuildAsync(set, encoder, cancellation);
            using var searcher = new CollectionSearcher(index);
            IEnumerable<double> values = weights.Select(weight => Run.Of(slice, "", null,
                query => searcher.Hybrid(encoder, query.Text, new HybridOptions(), weight)).MeanNdcg);
            Console.WriteLine(MarkdownTable.Row([slice.Name, .. values.Select(value => MarkdownTable.Number(value, "0.000"))]));
        }
    }

    private static async Task TryAsync(
        string folder, TextWindows windows, (TestCollection Set, Slice Slice)[] all, CancellationToken cancellation)
    {
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(
            folder, new OnnxSparseEncoderOptions { Windows = windows, Length = LengthNormalization.None });
        var remembered = new RememberingEncoder(encoder);
        foreach (float exponent in Exponents)
        {
            foreach (int limit in Limits)
            {
                if (limit != int.MaxValue && exponent != 0.75f) continue;
                var length = new LengthNormalization(exponent);
                var pruning = new Pruning { MaxTerms = limit };
                using var documents = new MappedEncoder(remembered, (_, vector) => length.Apply(vector.Prune(pruning)));
                double[] measured = await MeasureAsync(documents, remembered, all, cancellation);
                string shown = windows == TextWindows.None
                    ? "none" : $"{windows.Tokens}/{windows.Overlap}/{windows.Merge}";
                Console.WriteLine(MarkdownTable.Row([shown, MarkdownTable.Number(exponent, "0.00"),
                    limit == int.MaxValue ? "all" : $"{limit}",
                    .. measured.Select(value => MarkdownTable.Number(value, "0.000"))]));
            }
        }
    }

    private static async Task<double[]> MeasureAsync(ISparseEncoder documents, ISparseEncoder queries,
        (TestCollection Set, Slice Slice)[] all, CancellationToken cancellation)
    {
        var measured = new List<double>();
        foreach (IGrouping<TestCollection, (TestCollection Set, Slice Slice)> set in all.GroupBy(one => one.Set))
        {
            using CollectionIndex index = await CollectionIndex.BuildAsync(set.Key, documents, cancellation);
            using var searcher = new CollectionSearcher(index);
            foreach ((_, Slice slice) in set)
                measured.Add(Run.Of(slice, "", null, query => searcher.Splade(queries, query.Text)).MeanNdcg);
        }

        return [.. measured];
    }
}
