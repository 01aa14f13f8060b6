using SpladeLucene.Benchmarks.Shared;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Quality;

/// <summary>The tables: our own collection, then those of the data folder, which nothing was chosen on.</summary>
internal static class Benchmark
{
    private static readonly (string Name, string Folder)[] ZeroShot =
        [("SciFact", "scifact"), ("Cranfield", "cranfield")];

    public static async Task RunAsync(
        string folder, string collection, string? data, string output, double weight, CancellationToken cancellation)
    {
        var report = new Report();
        using var model = new ModelUnderTest(folder);
        report.Line("# Retrieval quality");
        report.Line();
        report.Line("Written by `dotnet run -c Release --project benchmarks/SpladeLucene.Quality -- --data DIR`. In brackets: 95 % of 2,000 resamplings "
            + "of the queries, pairwise for differences. BM25: k1 = 0.9, b = 0.4. *Without expansions* is the control: "
            + "the same vectors restricted to the tokens that stand in the text.");
        report.Line();
        report.Line($"Model: `{model.Splade.Fingerprint}`");
        report.Line();
        if (model.InferenceFree is null) report.Line("The model has no idf.json: no inference-free queries.\n");

        TestCollection own = TestCollection.Load(collection);
        report.Line($"Fused: {MarkdownTable.Number(1 - weight, "0.00")} × BM25 (EnglishAnalyzer) "
            + $"+ {MarkdownTable.Number(weight, "0.00")} × SPLADE, of the scores as they are.");
        report.Line();
        await OwnAsync(own, weight, model, report, cancellation);
        foreach ((string name, string part) in data is null ? [] : ZeroShot)
        {
            TestCollection set = TestCollection.Load(Path.Combine(data!, "collections", part));
            using Comparison comparison = await Comparison.PrepareAsync(set, model, cancellation);
            Slice slice = Slice.Of($"{name}, zero-shot", set);
            report.Table(slice, [.. comparison.All(slice, weight)]);
        }

        if (data is null) report.Line("SciFact and Cranfield: left out, for no --data was given.\n");
        Weights(model, own, report);
        Words(model, report);
        Seconds(folder, own, report);
        report.Save(output);
    }

    private static async Task OwnAsync(
        TestCollection set, double weight, ModelUnderTest model, Report report, CancellationToken cancellation)
    {
        using Comparison comparison = await Comparison.PrepareAsync(set, model, cancellation);
        foreach (string kind in new[] { "other-words", "same-words" })
        {
            Slice slice = Slice.Of($"Our own collection, test, {kind}", set, ("split", "test"), ("kind", kind));
            report.Table(slice, [.. comparison.All(slice, weight)]);
        }
    }

    // Says whether lengthNorm in splade.json is a good one: few weights should leave the quantizer's range.
    private static void Weights(ModelUnderTest model, TestCollection set, Report report)
    {
        SparseVector[] vectors = [.. set.ReadDocuments().Select(document => model.Splade.Encode(document.Body))];
        QuantizationReport found = ImpactQuantizer.Default.Measure(vectors);
        report.Line("## Weights");
        report.Line();
        report.Line($"Of {found.Weights} weights of our own collection, the largest "
            + $"{MarkdownTable.Number(vectors.SelectMany(vector => vector).Max(term => term.Weight), "0.00")}, "
            + $"{MarkdownTable.Number((double)found.Dropped / found.Weights, "0.00 %")} are too light for an impact of 1 and "
            + $"{MarkdownTable.Number((double)found.Clipped / found.Weights, "0.00 %")} are clipped at 255. Norms: "
            + $"{string.Join(", ", Quartiles(vectors))} (quartiles).");
        report.Line();
    }

    private static IEnumerable<string> Quartiles(SparseVector[] vectors)
    {
        double[] norms = [.. vectors.Select(vector => Math.Sqrt(vector.Dot(vector))).Order()];
        return Enumerable.Range(1, 3).Select(quarter => MarkdownTable.Number(norms[quarter * norms.Length / 4], "0.0"));
    }

    private static void Words(ModelUnderTest model, Report report)
    {
        IReadOnlyList<(string Written, string Wanted, bool Found)> tried = WordPairs.Try(model.Splade);
        int both = tried.Chunk(2).Count(pair => pair[0].Found && pair[1].Found);
        string missing = string.Join(
            ", ", tried.Where(pair => !pair.Found).Select(pair => $"{pair.Written} → {pair.Wanted}"));
        report.Line("## Word pairs");
        report.Line();
        report.Line($"Of {tried.Count / 2} pairs such as car/automobile, {both} bring each other within "
            + $"the top 20 terms of a short sentence; {tried.Count(pair => pair.Found)} of {tried.Count} directions. "
            + (missing.Length == 0 ? "" : $"Missing: {missing}."));
        report.Line();
    }

    private static void Seconds(string folder, TestCollection set, Report report)
    {
        Speed speed = Speed.Measure(folder, [.. set.ReadDocuments().Select(document => document.Body)]);
        report.Line("## Speed, one thread");
        report.Line();
        report.Line($"One sentence: {MarkdownTable.Number(speed.Sentence, "0.00")} ms. "
            + $"32 texts of 32 tokens, from text to vectors: {MarkdownTable.Number(speed.Batch, "0.0")} ms, "
            + $"{MarkdownTable.Number(speed.Batch / speed.Runtime, "0.00")} of ONNX Runtime's own "
            + $"{MarkdownTable.Number(speed.Runtime, "0.0")} ms on the same tensors.");
    }
}
