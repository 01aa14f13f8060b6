namespace SpladeLucene.Reindexing.Tests;

public sealed partial class DamagedSourceTests
{
    private const string Sentence = "^(Segment _[01] of the source .*is damaged: |Document \\d+ of segment _[01] can't be read: |The index in '.*' can't be read: )";

    /// <summary>Whichever file it is: what a plan found intact is looked at again before its copy gets checksums that agree.</summary>
    [Theory]
    [InlineData(false, PlacesInAFile)]
    [InlineData(true, 1)]
    public async Task RunAsync_OneBitFlippedSinceThePlan_EndsInASentence(bool catchesUp, int places)
    {
        Write();
        if (catchesUp)
        {
            await Reindexer().RunAsync(await PlanAsync());
            // So many that both segments are written.
            Write(more: Documents);
        }

        string[] files = Files();
        Assert.True(files.Length >= 14, string.Join(", ", files));
        string? before = catchesUp ? TemporaryFolder.Checksum(_folder.Target) : null;
        foreach (string file in files)
        {
            for (int place = 0; place < places; place++)
            {
                string said = await RunOnAFlipAsync(file, catchesUp ? PlacesInAFile / 2 : place);
                Assert.Matches(Sentence, said);
                Assert.Equal(before, System.IO.Directory.Exists(_folder.Target) ? TemporaryFolder.Checksum(_folder.Target) : null);
            }
        }
    }

    private async Task<string> RunOnAFlipAsync(string file, int place)
    {
        byte[] intact = File.ReadAllBytes(file);
        ReindexPlan plan = await PlanAsync();
        Assert.Empty(plan.Problems);
        Flip(file, place);
        try
        {
            await Reindexer().RunAsync(plan);
        }
        catch (Exception problem) when (problem is ReindexRefusedException or ReindexDocumentException or IOException)
        {
            return problem.Message;
        }
        finally
        {
            File.WriteAllBytes(file, intact);
        }

        Assert.Fail($"{Path.GetFileName(file)}, place {place}, was merged as it is.");
        return "";
    }

    private string[] Files() => [.. System.IO.Directory.GetFiles(_folder.Source)
        .Where(file => Path.GetFileName(file) is not ("segments.gen" or "write.lock")).Order(StringComparer.Ordinal)];
}
