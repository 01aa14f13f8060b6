using SpladeLucene.Benchmarks.Shared;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Quality;

/// <summary>One model's tables: our own collection, then those of the data folder.</summary>
internal static class Benchmark
{
    private static readonly string[] OwnKinds = ["other-words", "same-words"];

    public static async Task RunAsync(
        string folder, string collection, string? data, string output, CancellationToken cancellation)
    {
        TestCollection own = TestCollection.Load(collection);
        IReadOnlyList<Slice> ownSlices = OwnSlices(own);
        (TestCollection Set, Slice Slice)[] others = [.. (data is null ? [] : Collections.In(data)).Select(Other)];
        using var model = new ModelUnderTest(folder);
        string name = $"quality-{model.Splade.Fingerprint.Name}";
        var report = new Report();
        Introduce(model, name, report);
        await MeasureAsync(own, ownSlices, model, report, cancellation);
        foreach ((TestCollection set, Slice slice) in others) await MeasureAsync(set, [slice], model, report, cancellation);
        if (data is null) report.Line("No other collection: no --data was given.\n");
        Weights(model, own, report);
        Words(model, report);
        Seconds(folder, own, report);
        Cost(await Costs.MeasureAsync(folder, own, cancellation), report);
        report.Save(output, name);
    }

    private static void Introduce(ModelUnderTest model, string name, Report report)
    {
        report.Line("# Retrieval quality");
        report.Line();
        report.Line("Written by `dotnet run -c Release --project benchmarks/SpladeLucene.Quality -- --data DIR`. In brackets: 95 % of 2,000 resamplings "
            + "of the queries, pairwise for differences. BM25: k1 = 0.9, b = 0.4, unless Lucene's 1.2 and 0.75 are said. *Without expansions* is the control: "
            + "the same vectors restricted to the tokens that stand in the text. *Fused*: a `HybridSearcher` as it "
            + "comes, over EnglishAnalyzer's words and SPLADE, with the model's own weight; *by ranks*: reciprocal ranks, constant 60.");
        report.Line();
        report.Line($"Model: `{model.Splade.Fingerprint}`, {ModelUnderTest.Settings(model.Splade)}.");
        report.Line();
        report.Line($"![nDCG@10 of each way of searching]({name}.svg)");
        report.Line();
        if (model.InferenceFree is null) report.Line("The model has no idf.json: no inference-free queries.\n");
    }

    private static IReadOnlyList<Slice> OwnSlices(TestCollection set) =>
        [.. OwnKinds.Select(kind =>
            JudgedSlice.Of($"Our own collection, test, {kind}", set, ("split", "test"), ("kind", kind)))];

    private static (TestCollection Set, Slice Slice) Other(string folder)
    {
        TestCollection set = TestCollection.Load(folder);
        return (set, JudgedSlice.Of($"{Path.GetFileName(set.Folder)}, which nothing was learned from", set));
    }

    private static async Task MeasureAsync(TestCollection set, IReadOnlyList<Slice> slices, ModelUnderTest model,
        Report report, CancellationToken cancellation)
    {
        using Comparison comparison = await Comparison.PrepareAsync(set, model, cancellation);
        foreach (Slice slice in slices)
        {
            Run[] runs = [.. comparison.All(slice)];
            report.Table(slice, runs);
            report.Draw(slice, runs);
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
            + $"{MarkdownTable.Number(speed.Runtime, "0.0")} ms on the same batches.");
    }

    private static void Cost(Costs costs, Report report)
    {
        report.Line();
        report.Line("## Cost, one thread");
        report.Line();
        report.Line($"Our own collection, {costs.Documents} texts in one segment: {Bytes(costs.Before)} a text with the texts stored and "
            + $"BM25's field, {Bytes(costs.After)} with the SPLADE field: {Bytes(costs.After - costs.Before)} more. "
            + $"Encoded and indexed at {MarkdownTable.Number(costs.Documents / costs.Indexing, "0")} texts a second. "
            + $"A query is encoded in {MarkdownTable.Number(costs.Query, "0.0")} ms.");

        string Bytes(long bytes) => MarkdownTable.Number((double)bytes / costs.Documents, "0") + " bytes";
    }
}
