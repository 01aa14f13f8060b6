using System.IO.Compression;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>
/// What the version before the house was rearranged left on disk, in <c>tests/data/older-migration.zip</c>: a source of two
/// segments, a complete target of it, and the folder of a migration that was killed on its way.
/// </summary>
public sealed class OlderStateTests : IDisposable
{
    private readonly Sandbox _sandbox = new()
    {
        Options = new ReindexOptions { BatchTokens = 40, SampleTexts = 0, Format = ImpactFormat.Default with { Offsets = true } },
    };

    public OlderStateTests() =>
        ZipFile.ExtractToDirectory(Path.Combine(AppContext.BaseDirectory, "data", "older-migration.zip"), _sandbox.In("older"));

    public void Dispose() => _sandbox.Dispose();

    // Unpacked files are younger than those that the target knows: it catches up, and finds all vectors there.
    [Fact]
    public async Task Run_TargetOfBefore_EncodesNothingAndIsSearched()
    {
        Take("source", _sandbox.Source);
        Take("complete", _sandbox.Target);

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal((ReindexStart.CatchUp, 0, 39), (result.Start, result.Encoded, result.Reused));
        var searcher = new SpladeSearcher(_sandbox.Open());
        TopDocs found = searcher.Search(
            SpladeQuery.Create(searcher.IndexReader, "body_splade", "canine", _sandbox.Encoder), 20);
        Assert.Equal(15, found.TotalHits);
        Assert.Contains("canine", searcher.Doc(found.ScoreDocs[0].Doc).Get("body"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MigrationKilledBefore_EndsAsAnUndisturbedOneDoes()
    {
        Take("source", _sandbox.Source);
        Take("interrupted.upgrading", _sandbox.Working);

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal(ReindexStart.Resume, result.Start);
        Assert.Equal((39, 39 - 32), (result.Reused + result.Encoded, result.Encoded));
        Difference.None(FirstDifferenceFromTheCompleteOne());
    }

    private string? FirstDifferenceFromTheCompleteOne()
    {
        using DirectoryReader complete = _sandbox.Open(_sandbox.In("older/complete")), target = _sandbox.Open();
        return IndexComparer.FirstDifference(complete, target, []) ?? IndexComparer.FirstDifferenceInStatistics(complete, target, []);
    }

    private void Take(string name, string place) => System.IO.Directory.Move(_sandbox.In($"older/{name}"), place);
}
