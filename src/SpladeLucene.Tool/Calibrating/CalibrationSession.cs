using Spectre.Console;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Tool.Calibrating;

/// <summary>Measures every floor and weight on every collection, prints what each gives, and which ones to take.</summary>
/// <param name="console">Told what goes on.</param>
/// <param name="writer">Told what is found.</param>
/// <param name="ndcgLoss">How much nDCG@10 a floor may cost on each collection.</param>
/// <param name="recallLoss">The same of R@100.</param>
/// <param name="pageLoss">The same of R@20.</param>
internal sealed class CalibrationSession(ToolConsole console, CalibrationWriter writer, double ndcgLoss, double recallLoss, double pageLoss)
{
    // In a smaller collection a hundred hits are a large part of all documents, and to lose some of them is what a floor is for.
    private const int LargeEnoughForRecall = 1000;

    /// <summary>Whether R@100 is to count, so that one of the collections must be large enough for it.</summary>
    public bool NeedsLargeOne { get; init; }

    public static IReadOnlyList<float> Shares { get; } = [.. Enumerable.Range(0, 41).Select(step => step / 50f)];

    public static IReadOnlyList<double> Weights { get; } = [.. Enumerable.Range(1, 19).Select(step => step / 20.0)];

    /// <param name="folders">The collections.</param>
    /// <param name="wanted">What the metadata of a query have to say.</param>
    /// <param name="load">Loads the model, once the collections are found.</param>
    /// <param name="cancellation">Ends the work between two queries.</param>
    public async Task RunAsync(IReadOnlyList<string> folders, IReadOnlyList<(string Key, string Value)> wanted,
        Func<ISparseEncoder> load, CancellationToken cancellation)
    {
        TestCollection[] collections = [.. folders.Select(folder => TestCollection.Load(folder))];
        Slice[] slices = [.. collections.Select(collection => SliceOf(collection, wanted))];
        if (wanted.FirstOrDefault(pair => !collections.Any(collection => HasKey(collection, pair.Key))).Key is { } unknown)
            throw new InvalidDataException($"No query's metadata have the key '{unknown}', which --only names.");
        if (NeedsLargeOne && collections.All(collection => collection.ReadDocuments().Take(LargeEnoughForRecall).Count() < LargeEnoughForRecall))
            throw new InvalidDataException($"No collection has {LargeEnoughForRecall:N0} documents, and R@100 counts in no smaller one: --recall-loss means nothing here.");
        using ISparseEncoder encoder = load();
        // All of them stay until the floor is known, which the weights are measured under.
        var indexes = new List<JudgedIndex>();
        var impacts = new ImpactCache();
        try
        {
            var costs = new List<(int Documents, IReadOnlyList<FloorCost> Floors)>();
            foreach ((TestCollection collection, Slice slice) in collections.Zip(slices))
            {
                console.Error.WriteLine($"Encoding {slice.Name}…");
                indexes.Add(await JudgedIndex.BuildAsync(collection, encoder, impacts, cancellation).ConfigureAwait(false));
                costs.Add((indexes[^1].Documents, indexes[^1].CostsOf(slice, encoder, Shares, cancellation)));
                writer.Floors(slice, costs[^1].Documents, costs[^1].Floors);
            }

            float floor = costs[0].Floors[BestOf(costs)].Share;
            Recommend(floor, slices,
                [.. slices.Zip(indexes, (slice, index) => index.Fused(slice, encoder, floor, Weights, cancellation))]);
        }
        finally
        {
            foreach (JudgedIndex index in indexes) index.Dispose();
        }
    }

    private void Recommend(float floor, Slice[] slices, IReadOnlyList<IReadOnlyList<double>> fused)
    {
        writer.Fused(slices, Weights, fused);
        double[] means = [.. Weights.Select((_, place) => fused.Average(each => each[place]))];
        writer.Result(floor, FormattableString.Invariant(
            $"the largest that costs at most {ndcgLoss} nDCG@10, {recallLoss} R@100 (where there are {LargeEnoughForRecall:N0} documents or more) and {pageLoss} R@20 on each"), Weights[Array.IndexOf(means, means.Max())]);
        if (BorderOf(Weights, means) is { } border) console.Error.WriteLine(border);
    }

    /// <summary>Says where the best weight is at the border of those tried; null where it isn't, or the one beside it does as well.</summary>
    internal static string? BorderOf(IReadOnlyList<double> weights, double[] means)
    {
        int best = Array.IndexOf(means, means.Max());
        bool rises = (best == 0 && means[0] > means[1]) || (best == means.Length - 1 && means[^1] > means[^2]);
        return rises ? FormattableString.Invariant($"The best weight, {weights[best]:0.##}, is at the border of those tried: a better one may lie beyond.") : null;
    }

    /// <summary>The place of the largest share up to which no collection loses too much.</summary>
    private int BestOf(IReadOnlyList<(int Documents, IReadOnlyList<FloorCost> Floors)> costs)
    {
        int best = 0;
        while (best + 1 < Shares.Count && costs.All(each => IsCheap(each.Documents, each.Floors[0], each.Floors[best + 1]))) best++;
        return best;
    }

    // A hair's breadth for sums that are rounded.
    private bool IsCheap(int documents, FloorCost without, FloorCost with) =>
        without.Ndcg - with.Ndcg <= ndcgLoss + 1e-9
        && (documents < LargeEnoughForRecall || without.Recall - with.Recall <= recallLoss + 1e-9)
        && without.PageRecall - with.PageRecall <= pageLoss + 1e-9;

    private static bool HasKey(TestCollection collection, string key) => collection.Queries.Any(query => query.Metadata.ContainsKey(key));

    private static Slice SliceOf(TestCollection collection, IReadOnlyList<(string Key, string Value)> wanted)
    {
        (string, string)[] known = [.. wanted.Where(pair => HasKey(collection, pair.Key))];
        var slice = Slice.Of(Path.GetFileName(collection.Folder), collection, known);
        return slice.Queries.Count > 0 ? slice
            : throw new InvalidDataException($"The collection '{collection.Folder}' has no judged query that is asked for.");
    }
}

/// <summary>What a floor does to the queries of a collection, as means over them.</summary>
/// <param name="Share">The floor, as a model's folder names it.</param>
/// <param name="Ndcg">nDCG@10.</param>
/// <param name="Recall">R@100.</param>
/// <param name="PageRecall">R@20.</param>
/// <param name="Matching">The share of all documents that match a query.</param>
internal readonly record struct FloorCost(float Share, double Ndcg, double Recall, double PageRecall, double Matching);
