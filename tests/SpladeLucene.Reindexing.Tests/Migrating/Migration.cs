using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Migrations as the tests run them.</summary>
internal static class Migration
{
    public static readonly ReindexMapping Body = new(LegacyFields.Body, "body_splade");

    public static readonly ReindexMapping TitleAndBody = new([LegacyFields.Title, LegacyFields.Body], "all_splade");

    /// <summary>
    /// Small batches, so that a small index has many, and no sample: every text that is encoded counts.
    /// </summary>
    public static readonly ReindexOptions SmallBatches = new() { BatchTokens = 40, SampleTexts = 0 };

    /// <summary>Plans and runs; the source must be as it was afterwards.</summary>
    public static async Task<ReindexResult> RunAsync(
        string source,
        string target,
        ReindexMapping[] mappings,
        ReindexOptions? options = null,
        ISparseEncoder? encoder = null)
    {
        string before = TestFolder.Checksum(source);
        var reindexer = new SpladeReindexer(encoder ?? new WordEncoder(), options ?? SmallBatches);
        ReindexPlan plan = await reindexer.PlanAsync(source, target, mappings);
        Assert.Empty(plan.Problems);
        ReindexResult result = await reindexer.RunAsync(plan);
        Assert.Equal(before, TestFolder.Checksum(source));
        Assert.False(System.IO.Directory.Exists(plan.WorkingFolder), "The working folder is still there.");
        return result;
    }
}
