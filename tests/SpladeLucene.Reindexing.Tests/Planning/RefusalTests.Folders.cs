using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

public sealed partial class RefusalTests
{
    [Fact]
    public async Task PlanAsync_NoSource_Refuses()
    {
        await AssertRefusedAsync($"There is no folder '{Source}'.");
        System.IO.Directory.CreateDirectory(Source);
        await AssertRefusedAsync($"'{Source}' holds no index.");
    }

    // What Lucene 4.9 and later write names another version at its head.
    [Fact]
    public async Task PlanAsync_IndexOfALaterLucene_IsTooNew()
    {
        const int PlaceOfTheVersion = 16;
        _sandbox.AddSegments(["dog"]);
        using (var directory = new SimpleFSDirectory(Source)) IndexFile.Rewrite(directory, "segments_1", PlaceOfTheVersion, 3, checksum: true);

        await AssertRefusedAsync($"The index in '{Source}' is too new: Lucene.NET 4.8 reads what Lucene 3.0 to 4.8 wrote.");
    }

    [Fact]
    public async Task PlanAsync_TargetIsOrIsInTheSource_Refuses()
    {
        _sandbox.AddSegments(["dog"]);
        string link = _sandbox.In("link");
        System.IO.Directory.CreateSymbolicLink(link, Source);

        await AssertRefusedAsync($"The source and the target are the same folder, '{Source}'.", Source);
        await AssertRefusedAsync($"The source and the target are the same folder, '{Source}'.", link);
        await AssertRefusedAsync(
            $"The target '{Source}/inner' lies in the source '{Source}', which is never written to.", Source + "/inner");
        await AssertRefusedAsync(
            $"The target '{Source}/inner' lies in the source '{Source}', which is never written to.", link + "/inner/");
        string outer = _sandbox.In("");
        await AssertRefusedAsync($"The source '{Source}' lies in the target '{outer.TrimEnd('/')}'.", outer);
    }

    [Fact]
    public async Task PlanAsync_NameThatNoFolderCanHave_RefusesAtOnce()
    {
        string[] impossible = ["nul\0inside", new string('n', 250), new string('ü', 125), string.Join('/', Enumerable.Repeat("deep", 900))];
        foreach (string name in impossible)
        {
            // There is no source yet: the names are looked at before.
            ReindexPlan plan = await _sandbox.Reindexer.PlanAsync(Source, _sandbox.In(name), [Sandbox.Body]);

            ReindexProblem problem = Assert.Single(plan.Problems);
            Assert.Equal(ReindexProblemKind.Folders, problem.Kind);
            Assert.Matches("NUL|too long", problem.Text);
        }

        ReindexPlan other = await _sandbox.Reindexer.PlanAsync("nul\0inside", Target, [Sandbox.Body]);
        Assert.Equal("'nul\\0inside' has a NUL character, which no name has.", Assert.Single(other.Problems).Text);
    }

    [Fact]
    public async Task RunAsync_LongestNameOfATarget_IsMigrated()
    {
        _sandbox.AddSegments(["dog"]);
        string longest = _sandbox.In(new string('n', 245));

        ReindexPlan plan = await _sandbox.Reindexer.PlanAsync(Source, longest, [Sandbox.Body]);
        await _sandbox.Reindexer.RunAsync(plan);

        Assert.Equal(1, _sandbox.Open(longest).NumDocs);
    }

    [Fact]
    public async Task PlanAsync_WorkingFolderOfOtherRun_SaysHowItDiffers()
    {
        _sandbox.AddSegments(["dog"]);
        _sandbox.Encoder.BadText = "dog";
        ReindexPlan plan = await _sandbox.Reindexer.PlanAsync(Source, Target, [Sandbox.Body]);
        _sandbox.Encoder.BadText = null;
        plan = await _sandbox.PlanAsync();
        _sandbox.Encoder.BadText = "dog";
        await Assert.ThrowsAsync<ReindexDocumentException>(() => _sandbox.Reindexer.RunAsync(plan));
        _sandbox.Encoder.BadText = null;
        _sandbox.Options = new ReindexOptions { Format = new ImpactFormat { Offsets = true } };

        await AssertRefusedAsync($"What is in '{_sandbox.Working}', left by a run that didn't end, was made without offsets, "
            + "and this run would write it with. Run as before, or delete that folder.");
    }

    [Fact]
    public async Task RunAsync_AnotherProcessWorks_Refuses()
    {
        _sandbox.AddSegments(["dog"]);
        ReindexPlan plan = await _sandbox.PlanAsync();
        System.IO.Directory.CreateDirectory(_sandbox.Working);
        string file = Path.Combine(_sandbox.Working, "lock");
        using var held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var refusal = await Assert.ThrowsAsync<ReindexRefusedException>(() => _sandbox.Reindexer.RunAsync(plan));

        Assert.Equal($"Another process is working in '{_sandbox.Working}'.", refusal.Message);
        await AssertRefusedAsync($"Another process is working in '{_sandbox.Working}'.");
    }

    [Fact]
    public async Task PlanAsync_WorkingFolderHoldsSomethingElse_Refuses()
    {
        _sandbox.AddSegments(["dog"]);
        System.IO.Directory.CreateDirectory(_sandbox.Working);
        File.WriteAllText(Path.Combine(_sandbox.Working, "letter.txt"), "dear");

        await AssertRefusedAsync(
            $"The folder '{_sandbox.Working}', in which this migration would work, holds something else ('letter.txt').");
    }
}
