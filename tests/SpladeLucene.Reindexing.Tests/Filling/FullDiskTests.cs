namespace SpladeLucene.Reindexing.Tests;

/// <summary>The disk is full at some point of a migration; when there is space again, it goes on.</summary>
[Trait("Category", "Large")]
public sealed class FullDiskTests
{
    private const long Plenty = 64 << 20;

    // However many of a segment's documents are deleted.
    private static readonly ReindexOptions Carrying = Migration.SmallBatches with { MaxDeletedShare = 1, CommitInterval = TimeSpan.Zero };

    private static readonly LegacyShape Shape = new(200, 4, Deletions.Some);

    // In the order in which a run of each kind writes its files: everything that it writes stops somewhere at one of them.
    public static TheoryData<double> Shares => [.. Enumerable.Range(0, TestSettings.Disks).Select(i => (i + 0.1) / TestSettings.Disks)];

    /// <param name="share">Of the space that an undisturbed migration fills.</param>
    [SmallDiskTheory]
    [MemberData(nameof(Shares))]
    public async Task RunAsync_DiskFull_SaysSoAndGoesOnWhenThereIsSpace(double share)
    {
        using var folder = new TemporaryFolder();
        LegacyIndex.Write(folder.Source, Shape);
        long needed = await SpaceFor(folder.Source, folder.PathOf("undisturbed"));
        using var disk = new SmallDisk(Math.Max(Environment.SystemPageSize, (long)(needed * share)));
        string target = Path.Combine(disk.Root, "target");

        await AssertFails(folder.Source, target);
        disk.Resize(Plenty);
        await Migration.RunAsync(folder.Source, target, [Migration.Body]);

        new Lossless(folder.Source, target, Migration.Body).Assert(folder.PathOf("copy"));
        Clean.Assert(target);
    }

    // Segments stay: little is written, but all into the target itself.
    [SmallDiskTheory]
    [MemberData(nameof(Shares))]
    public async Task RunAsync_DiskFullWhileCarrying_LeavesTheTargetAsItWas(double share)
    {
        using var folder = new TemporaryFolder();
        LegacyIndex.Write(folder.Source, Shape);
        using var disk = new SmallDisk(Plenty);
        string target = Path.Combine(disk.Root, "target"), before = folder.PathOf("before");
        await Migration.RunAsync(folder.Source, target, [Migration.Body], Carrying);
        Copy(folder.Source, before);
        SourceChange.Apply(folder.Source, Shape, new Random(3));
        ReindexPlan plan = await new SpladeReindexer(new WordEncoder(), Carrying with { SampleTexts = 8 })
            .PlanAsync(folder.Source, target, [Migration.Body]);
        Assert.Contains(plan.Segments, segment => segment.IsCarried);
        disk.Resize(SizeOf(target) + (long)(plan.EstimatedWorkingBytes!.Value * share));

        bool wasFull = await IsFullAsync(folder.Source, target, Carrying);
        Clean.Assert(target);
        if (wasFull) new Lossless(before, target, Migration.Body).Assert(folder.PathOf("copy"));
        disk.Resize(Plenty);
        await Migration.RunAsync(folder.Source, target, [Migration.Body], Carrying);

        Assert.True(wasFull || share > 0.5, "There was space.");
        new Lossless(folder.Source, target, Migration.Body) { CaughtUp = true }.Assert(folder.PathOf("other copy"));
        Clean.Assert(target);
    }

    // Every segment is new, so the target holds both for a while.
    [SmallDiskTheory]
    [MemberData(nameof(Shares))]
    public async Task RunAsync_DiskFullWhileCatchingUp_LeavesTheTargetAsItWas(double share)
    {
        using var folder = new TemporaryFolder();
        LegacyIndex.Write(folder.Source, Shape);
        LegacyIndex.Write(folder.PathOf("later"), Shape with { Seed = 2 });
        using var disk = new SmallDisk(Plenty);
        string target = Path.Combine(disk.Root, "target");
        await Migration.RunAsync(folder.Source, target, [Migration.Body]);
        disk.Resize((long)(SizeOf(target) * (1 + share)));
        System.IO.Directory.Move(folder.Source, folder.PathOf("earlier"));
        System.IO.Directory.Move(folder.PathOf("later"), folder.Source);

        await AssertFails(folder.Source, target);
        new Lossless(folder.PathOf("earlier"), target, Migration.Body).Assert(folder.PathOf("copy"));
        Clean.Assert(target);
        disk.Resize(Plenty);
        await Migration.RunAsync(folder.Source, target, [Migration.Body]);

        new Lossless(folder.Source, target, Migration.Body).Assert(folder.PathOf("other copy"));
        Clean.Assert(target);
    }

    private static async Task AssertFails(string source, string target) => Assert.True(
        await IsFullAsync(source, target, Migration.SmallBatches with { CommitInterval = TimeSpan.Zero }), "There was space.");

    // Whether it failed, and said why.
    private static async Task<bool> IsFullAsync(string source, string target, ReindexOptions options)
    {
        try
        {
            await Migration.RunAsync(source, target, [Migration.Body], options);
            return false;
        }
        catch (IOException problem)
        {
            Assert.Contains("space", problem.Message, StringComparison.OrdinalIgnoreCase);
            return true;
        }
    }

    private static void Copy(string folder, string to)
    {
        System.IO.Directory.CreateDirectory(to);
        foreach (string file in System.IO.Directory.GetFiles(folder)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private static async Task<long> SpaceFor(string source, string target)
    {
        await Migration.RunAsync(source, target, [Migration.Body]);
        return SizeOf(target);
    }

    // In whole pages, as the small disk counts.
    private static long SizeOf(string folder) => System.IO.Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Sum(file => (new FileInfo(file).Length + Environment.SystemPageSize - 1) / Environment.SystemPageSize)
        * Environment.SystemPageSize;
}
