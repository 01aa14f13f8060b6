using SpladeLucene.Benchmarks.Reporting;
using SpladeLucene.Tool.Progress;

namespace SpladeLucene.Benchmarks.Collections;

/// <summary>Makes collections that look like SPLADE's, of any size, from <see cref="SourceVectors"/>.</summary>
internal static class CollectionGenerator
{
    /// <summary>Writes a collection of documents that a <see cref="DocumentMaker"/> makes.</summary>
    public static void Write(
        CollectionRecipe recipe, SourceVectors source, string file, WorkProgress progress,
        CancellationToken cancellation)
    {
        var walk = new VectorWalk(source);
        int[] bases = Bases(recipe, source, walk.Rarity);
        var maker = new DocumentMaker(recipe, source, walk);
        using var writer = new SpvWriter(file, source.Vocabulary.ToArray(), recipe.Documents);
        for (int number = 0; number < recipe.Documents; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            maker.Make(number, bases[number]);
            writer.Add(maker.Terms, maker.Impacts);
            progress.Report(number + 1);
        }

        writer.Finish();
    }

    /// <summary>Writes the vectors themselves as documents, but not those of MS MARCO: the queries are from there.
    /// </summary>
    public static void WriteVerbatim(CollectionRecipe recipe, SourceVectors source, string file)
    {
        SourceVector[] documents =
        [
            .. source.Vectors.Where(vector => !vector.Source.StartsWith("msmarco", StringComparison.Ordinal)
                && !vector.Source.StartsWith("dl", StringComparison.Ordinal)),
        ];
        new SplitMix64(recipe.Seed).Shuffle(documents.AsSpan());
        using var writer = new SpvWriter(file, source.Vocabulary.ToArray(), documents.Length);
        foreach (SourceVector document in documents)
        {
            (int Term, byte Impact)[] entries =
                [.. document.Terms.Zip(document.Weights.Select(Impact), (term, impact) => (term, impact)).Order()];
            writer.Add([.. entries.Select(entry => entry.Term)], [.. entries.Select(entry => entry.Impact)]);
        }

        writer.Finish();
    }

    /// <summary>The vector that each document is made from.</summary>
    private static int[] Bases(CollectionRecipe recipe, SourceVectors source, IReadOnlyList<float> rarity)
    {
        var random = new SplitMix64(recipe.Seed ^ 0xD0C5);
        var bases = new int[recipe.Documents];
        for (int i = 0; i < bases.Length; i++) bases[i] = random.Below(source.Vectors.Count);
        if (recipe.Order == DocumentOrder.Random) return bases;
        int[] ranks = TopicalRanks(source, rarity);
        return [.. bases.OrderBy(vector => ranks[vector])];
    }

    /// <summary>Ranks vectors by the term that says most about them.</summary>
    private static int[] TopicalRanks(SourceVectors source, IReadOnlyList<float> rarity)
    {
        int[] order = [.. Enumerable.Range(0, source.Vectors.Count).OrderBy(i => Topic(source.Vectors[i], rarity))];
        var ranks = new int[order.Length];
        for (int rank = 0; rank < order.Length; rank++) ranks[order[rank]] = rank;
        return ranks;
    }

    private static int Topic(SourceVector vector, IReadOnlyList<float> rarity)
    {
        const float RareEnough = 6;
        int topic = -1;
        float strongest = -1;
        for (int i = 0; i < vector.Terms.Length; i++)
        {
            float strength = vector.Weights[i] * Math.Min(rarity[vector.Terms[i]], RareEnough);
            if (strength > strongest) (strongest, topic) = (strength, vector.Terms[i]);
        }

        return topic;
    }

    private static byte Impact(float weight) =>
        (byte)Math.Clamp(Rounding.Nearest(weight), 1, ImpactQuantizer.MaxImpact);
}
