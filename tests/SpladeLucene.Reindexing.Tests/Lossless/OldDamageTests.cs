namespace SpladeLucene.Reindexing.Tests;

/// <summary>
/// Segments of before Lucene 4.8 have no checksums. <c>tests/data/invalid/terms-that-go-round</c> is the smallest that was found
/// in which one flipped bit leads Lucene from the last term back to the first, for ever.
/// </summary>
public sealed class OldDamageTests : IDisposable
{
    // Where the bit was flipped.
    private const string Damaged = "_0.tii";
    private const int Place = 39, Bit = 1 << 4;

    private static readonly ReindexMapping Body = new("body", "splade");

    private readonly TemporaryFolder _folder = new();

    public OldDamageTests()
    {
        System.IO.Directory.CreateDirectory(_folder.Source);
        foreach (string file in System.IO.Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "data", "terms-that-go-round")))
            File.Copy(file, Path.Combine(_folder.Source, Path.GetFileName(file)));
    }

    [Fact]
    public async Task PlanAsync_TermsThatGoRound_IsRefusedByTheSegment()
    {
        ReindexProblem problem = Assert.Single((await PlanAsync()).Problems);

        Assert.Equal(ReindexProblemKind.Damaged, problem.Kind);
        Assert.StartsWith($"Segment _0 of the source '{_folder.Source}' is damaged: the terms of the field 'body' are out of order",
            problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TermsThatGoRoundSinceThePlan_EndsAtTheMerge()
    {
        Flip();
        ReindexPlan plan = await PlanAsync();
        Flip();

        var failure = await Assert.ThrowsAsync<IOException>(() => Reindexer().RunAsync(plan));

        Assert.StartsWith("Segment _0 of the source is damaged: the terms of the field 'body' are out of order", failure.Message,
            StringComparison.Ordinal);
        Assert.False(System.IO.Directory.Exists(_folder.Target));
    }

    [Fact]
    public async Task RunAsync_SameSegmentBeforeTheFlip_LosesNothing()
    {
        Flip();

        ReindexResult result = await Reindexer().RunAsync(await PlanAsync());

        Assert.Equal((1, 0), (result.Documents, result.WithoutText));
        new Lossless(_folder.Source, _folder.Target, Body) { IsOfLucene3 = true }.Assert(_folder.PathOf("copy"));
    }

    public void Dispose() => _folder.Dispose();

    private void Flip()
    {
        string file = Path.Combine(_folder.Source, Damaged);
        byte[] content = File.ReadAllBytes(file);
        content[Place] ^= Bit;
        File.WriteAllBytes(file, content);
    }

    private static SpladeReindexer Reindexer() => new(new WordEncoder());

    private Task<ReindexPlan> PlanAsync() => Reindexer().PlanAsync(_folder.Source, _folder.Target, [Body]);
}
