using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Reindexing.Source;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>
/// Segments of before Lucene 4.8 have no checksums. <c>tests/data/invalid/terms-that-go-round</c> is the smallest that was found
/// in which one flipped bit leads Lucene from the last term back to the first, for ever. <c>term-of-gigabytes.tii</c> is the same
/// segment's index of terms with a term that says to have a gigabyte in common with the one before: Lucene fills one with zeros.
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
        foreach (string file in System.IO.Directory.GetFiles(PathOf("terms-that-go-round")))
            File.Copy(file, Path.Combine(_folder.Source, Path.GetFileName(file)));
    }

    [Fact]
    public async Task PlanAsync_TermsThatGoRound_IsRefusedByTheSegment()
    {
        await AssertDamagedAsync("the terms of the field 'body' are out of order");
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

    [Fact]
    public async Task PlanAsync_TermOfGigabytes_IsRefusedBeforeLuceneReadsIt()
    {
        File.Copy(PathOf("term-of-gigabytes.tii"), Path.Combine(_folder.Source, Damaged), overwrite: true);

        await AssertDamagedAsync("term 2 of 4 in '_0.tii' can't be as long as it says");
    }

    [Theory]
    [InlineData("_0.tis", 0x22, "FFFFFFFF03", "term 1 of 3 in '_0.tis' can't be as long as it says")]
    [InlineData("_0.tis", 0x22, "05", "term 1 of 3 in '_0.tis' can't be as long as it says")]
    [InlineData("_0.tis", 0x22, "FFFFFFFF0F", "term 1 of 3 in '_0.tis' can't be as long as it says")]
    [InlineData("_0.tis", 0x19, "FFFFFFFF07", "term 0 of 3 in '_0.tis' can't be as long as it says")]
    [InlineData("_0.tis", 0x08, "7F", "the head of '_0.tis' makes no sense")]
    [InlineData("_0.tii", 0x04, "80", "the head of '_0.tii' makes no sense")]
    [InlineData("_0.tii", 0x13, "00", "the head of '_0.tii' makes no sense")]
    [InlineData("_0.tis", 0x0b, "02", "'_0.tis' says that it has 2 terms, and has more")]
    public async Task PlanAsync_ListOfTermsThatNobodyCanHaveWritten_SaysWhatIsWrong(string name, int place, string bytes, string reason)
    {
        Flip();
        string file = Path.Combine(_folder.Source, name);
        byte[] content = File.ReadAllBytes(file);
        File.WriteAllBytes(file, [.. content[..place], .. Convert.FromHexString(bytes), .. content[(place + 1)..]]);

        await AssertDamagedAsync(reason);
    }

    // Such a segment tells of damage by what makes no sense; memory runs out without any.
    [Fact]
    public void MakesNoSense_MemoryRanOut_SaysNothingOfTheSegment()
    {
        Flip();
        using FSDirectory directory = FSDirectory.Open(_folder.Source);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        SegmentReader segment = Assert.Single(IndexFolder.SegmentsOf(reader));

        Assert.False(Integrity.MakesNoSense(segment, new InsufficientMemoryException()));
        Assert.True(Integrity.MakesNoSense(segment, new KeyNotFoundException()));
    }

    public void Dispose() => _folder.Dispose();

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);

    private async Task AssertDamagedAsync(string reason)
    {
        ReindexProblem problem = Assert.Single((await PlanAsync()).Problems);

        Assert.Equal(ReindexProblemKind.Damaged, problem.Kind);
        Assert.StartsWith($"Segment _0 of the source '{_folder.Source}' is damaged: {reason}. ", problem.Text, StringComparison.Ordinal);
    }

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
