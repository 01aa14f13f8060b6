namespace SpladeLucene.Reindexing.Tests;

/// <summary>The disk is full at some point of a migration; when there is space again, it goes on.</summary>
public sealed class FullDiskTests
{
    private const long Plenty = 64 << 20;

    private static readonly LegacyShape Shape = new(200, 4, Deletions.Some);

    // Shares of the space that an undisturbed migration fills.
    [SmallDiskTheory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(50)]
    [InlineData(70)]
    [InlineData(90)]
    public async Task RunAsync_DiskFull_SaysSoAndGoesOnWhenThereIsSpace(int percent)
    {
        using var folder = new TemporaryFolder();
        LegacyIndex.Write(folder.Source, Shape);
        long needed = await SpaceFor(folder.Source, folder.PathOf("undisturbed"));
        using var disk = new SmallDisk(needed * percent / 100);
        string target = Path.Combine(disk.Root, "target");

        await AssertFails(folder.Source, target);
        disk.Resize(Plenty);
        await Migration.RunAsync(folder.Source, target, [Migration.Body]);

        new Lossless(folder.Source, target, Migration.Body).Assert(folder.PathOf("copy"));
    }

    [SmallDiskTheory]
    [InlineData(110)]
    [InlineData(150)]
    public async Task RunAsync_DiskFullWhileCatchingUp_LeavesTheTargetAsItWas(int percent)
    {
        using var folder = new TemporaryFolder();
        LegacyIndex.Write(folder.Source, Shape);
        LegacyIndex.Write(folder.PathOf("later"), Shape with { Seed = 2 });
        using var disk = new SmallDisk(Plenty);
        string target = Path.Combine(disk.Root, "target");
        await Migration.RunAsync(folder.Source, target, [Migration.Body]);
        disk.Resize(SizeOf(target) * percent / 100);
        System.IO.Directory.Move(folder.Source, folder.PathOf("earlier"));
        System.IO.Directory.Move(folder.PathOf("later"), folder.Source);

        await AssertFails(folder.Source, target);
        new Lossless(folder.PathOf("earlier"), target, Migration.Body).Assert(folder.PathOf("copy"));
        disk.Resize(Plenty);
        await Migration.RunAsync(folder.Source, target, [Migration.Body]);

        new Lossless(folder.Source, target, Migration.Body).Assert(folder.PathOf("other copy"));
    }

    private static async Task AssertFails(string source, string target)
    {
        var problem = await Assert.ThrowsAnyAsync<IOException>(() => Migration.RunAsync(source, target, [Migration.Body]));
        Assert.Contains("space", problem.Message, StringComparison.OrdinalIgnoreCase);
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
