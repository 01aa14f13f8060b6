using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>
/// Legacy indexes of more kinds are migrated, and Lucene.NET's own checker finds the targets clean.
/// </summary>
public sealed class CheckedMatrixTests
{
    [Theory]
    [InlineData(1, true, 0)]
    [InlineData(4, true, 1)]
    [InlineData(4, false, 1)]
    [InlineData(4, false, 2)]
    [InlineData(40, true, 3)]
    public async Task RunAsync_NumericFieldsAndCompoundFiles_LosesNothing(int segments, bool compound, int deletions)
    {
        using var folder = new TemporaryFolder();
        LegacyIndex.Write(folder.Source, new LegacyShape(120, segments, (Deletions)deletions)
        {
            More = MoreLegacy.AddNumericFields, Configure = MoreLegacy.CompoundFiles(compound),
        });

        await Migration.RunAsync(folder.Source, folder.Target, [Migration.Body]);

        Assert.Equal(compound, System.IO.Directory.GetFiles(folder.Source, "*.cfs").Length > 0);
        new Lossless(folder.Source, folder.Target, Migration.Body) { MoreQueries = MoreLegacy.Queries }
            .Assert(folder.PathOf("copy"));
        Clean.Assert(folder.Target);
    }

    [Fact]
    public void ExpungedBySegment_EveryQuery_ScoresAsTheForcedMerge()
    {
        using var folder = new TemporaryFolder();
        LegacyIndex.Write(folder.Source, new LegacyShape(120, 4, Deletions.Some) { More = MoreLegacy.AddNumericFields });
        using FSDirectory directory = FSDirectory.Open(folder.Source);
        using DirectoryReader source = DirectoryReader.Open(directory);
        using DirectoryReader rewritten = Expunged.BySegment(source);
        using DirectoryReader merged = Expunged.ByForceMerge(folder.Source, folder.PathOf("copy"));

        Difference.None(IndexComparer.FirstDifference(source, rewritten));
        Difference.None(ScoreComparer.FirstDifference(merged, rewritten, QueryGenerator.Of(
            source, [LegacyFields.Varied], seed: 1, MoreLegacy.Queries, QueryGenerator.ClausesInAnySegment)));
    }
}
