using SpladeLucene.Reindexing.Host;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Migrations as the tests run them.</summary>
internal static class Migration
{
    public static readonly ReindexMapping Body = MigrationHost.Body;

    public static readonly ReindexMapping TitleAndBody = new([LegacyFields.Title, LegacyFields.Body], "all_splade");

    public static readonly ReindexOptions SmallBatches = MigrationHost.SmallBatches;

    /// <summary>Plans and runs; the source must be as it was afterwards.</summary>
    public static async Task<ReindexResult> RunAsync(
        string source,
        string target,
        ReindexMapping[] mappings,
        ReindexOptions? options = null,
        ISparseEncoder? encoder = null)
    {
        string before = TemporaryFolder.Checksum(source);
        var reindexer = new SpladeReindexer(encoder ?? new WordEncoder(), options ?? SmallBatches);
        ReindexPlan plan = await reindexer.PlanAsync(source, target, mappings);
        Assert.Empty(plan.Problems);
        ReindexResult result = await reindexer.RunAsync(plan);
        Assert.Equal(before, TemporaryFolder.Checksum(source));
        Assert.False(System.IO.Directory.Exists(plan.WorkingFolder), "The working folder is still there.");
        return result;
    }
}
