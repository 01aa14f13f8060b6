namespace SpladeLucene.Reindexing.Tests.Migrating;

/// <summary>Migrations as the tests run them.</summary>
internal static class Migration
{
    public static readonly SpladeFieldMapping Body = new(LegacyFields.Body, "body_splade");

    public static readonly SpladeFieldMapping TitleAndBody = new([LegacyFields.Title, LegacyFields.Body], "all_splade");

    /// <summary>
    /// Small batches, so that a small index has many, and no sample: every text that is encoded counts.
    /// </summary>
    public static readonly LegacyIndexUpgraderOptions SmallBatches = new() { BatchTokens = 40, SampleTexts = 0 };

    /// <summary>Plans and runs; the source must be as it was afterwards.</summary>
    public static async Task<UpgradeResult> RunAsync(
        string source,
        string target,
        SpladeFieldMapping[] mappings,
        LegacyIndexUpgraderOptions? options = null,
        ISparseEncoder? encoder = null)
    {
        string before = TestFolder.Checksum(source);
        var upgrader = new LegacyIndexUpgrader(encoder ?? new WordEncoder(), options ?? SmallBatches);
        UpgradePlan plan = await upgrader.PlanAsync(source, target, mappings);
        Assert.Empty(plan.Problems);
        UpgradeResult result = await upgrader.RunAsync(plan);
        Assert.Equal(before, TestFolder.Checksum(source));
        Assert.False(System.IO.Directory.Exists(plan.WorkingFolder), "The working folder is still there.");
        return result;
    }
}
