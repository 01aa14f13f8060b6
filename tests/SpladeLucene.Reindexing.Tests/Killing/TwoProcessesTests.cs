namespace SpladeLucene.Reindexing.Tests;

/// <summary>Two processes migrate one source to one target at the same time.</summary>
[Trait("Category", "Large")]
public sealed class TwoProcessesTests
{
    // What one of them may be told; each names the folder.
    private static readonly string[] Refusals =
    [
        "Another process is working in '", "was changed while this run made the new index", "is open in a writer",
    ];

    [Theory]
    [InlineData(2)]
    public async Task RunAsync_TwoAtOnce_OneWorksAndTheOtherIsRefusedByName(int seed)
    {
        using var folder = new TemporaryFolder();
        var shape = new LegacyShape(120, 3, Deletions.Some, LegacyFeatures.All & ~LegacyFeatures.OddTexts) { Seed = seed };
        LegacyIndex.Write(folder.Source, shape);
        var random = new Random(seed);
        for (int round = 0; round < 2; round++)
        {
            if (round > 0) SourceChange.Apply(folder.Source, shape, random);
            string before = TemporaryFolder.Checksum(folder.Source);

            (int Code, string Errors)[] ends = await Task.WhenAll(Start(folder, "one"), Start(folder, "other"));

            Assert.Contains(ends, end => end.Code == 0);
            Assert.All(ends, end => Assert.True(end.Code == 0
                ? end.Errors.Length == 0
                : Refusals.Any(refusal => end.Errors.Contains(refusal, StringComparison.Ordinal)) && end.Errors.Contains(folder.Target, StringComparison.Ordinal), end.Errors));
            Assert.Equal(before, TemporaryFolder.Checksum(folder.Source));
            Assert.False(System.IO.Directory.Exists(folder.Target + ".upgrading"));
            Clean.Assert(folder.Target);
            new Lossless(folder.Source, folder.Target, Migration.Body) { CaughtUp = round > 0 }.Assert(folder.PathOf($"copy{round}"));
        }

        Assert.Equal((0, ""), await Start(folder, "last"));
    }

    private static Task<(int Code, string Errors)> Start(TemporaryFolder folder, string name) => Task.Run(() =>
    {
        var host = new HostProcess(folder.Source, folder.Target, folder.PathOf(name + ".log"));
        int code = host.Run();
        return (code, host.Errors);
    });
}
