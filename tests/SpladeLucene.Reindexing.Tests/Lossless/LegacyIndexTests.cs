using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>
/// The generator makes what it says, and an index that is carried over by Lucene alone compares as equal.
/// </summary>
public sealed class LegacyIndexTests
{
    [Fact]
    public void Of_SameShape_IsTheSameIndex()
    {
        var shape = new LegacyShape(40, 3, Deletions.Some);
        using DirectoryReader one = Open(shape), other = Open(shape), third = Open(shape with { Seed = 2 });

        Difference.None(IndexComparer.FirstDifference(one, other));
        Difference.None(IndexComparer.FirstDifferenceInStatistics(one, other));
        Assert.NotNull(IndexComparer.FirstDifference(one, third));
    }

    [Theory]
    [InlineData(Deletions.None, 30, 3)]
    [InlineData(Deletions.WholeSegment, 20, 2)]
    [InlineData(Deletions.AllButOne, 3, 3)]
    [InlineData(Deletions.Everything, 0, 0)]
    internal void Write_Deletions_LeaveWhatTheySay(Deletions deletions, int documents, int segments)
    {
        using DirectoryReader reader = Open(new LegacyShape(30, 3, deletions));

        Assert.Equal(documents, reader.NumDocs);
        Assert.Equal(segments, reader.Leaves.Count(leaf => leaf.AtomicReader.NumDocs > 0));
    }

    [Fact]
    public void Write_EveryFeature_IsThere()
    {
        using DirectoryReader reader = Open(new LegacyShape(60, 4));
        string[] facts = [.. DocumentListing.Of(reader, []).Select(fact => $"{fact.Name}: {fact.Value}")];
        string[] fields = [.. SegmentListing.Of(reader, []).Select(fact => fact.Value)];

        foreach (string expected in Expected) Assert.Contains(facts, fact => fact.Contains(expected, StringComparison.Ordinal));
        foreach (IndexOptions level in Enum.GetValues<IndexOptions>().Where(level => level != IndexOptions.NONE))
            Assert.Contains(fields, field => field.StartsWith($"{level}, norms", StringComparison.Ordinal));
    }

    [Fact]
    public void BySegment_SourceWithDeletions_HasAllOfTheLiveDocuments()
    {
        using DirectoryReader source = Open(new LegacyShape(60, 4, Deletions.Some));
        using DirectoryReader rewritten = Expunged.BySegment(source);

        Difference.None(IndexComparer.FirstDifference(source, rewritten));
        Difference.None(IndexComparer.FirstDifferenceInUserData(source, rewritten));
        Assert.NotNull(IndexComparer.FirstDifferenceInStatistics(source, rewritten));
    }

    [Fact]
    public void ByForceMerge_SourceWithDeletions_ScoresAsRewrittenSegmentsDo()
    {
        using var folder = new TemporaryFolder();
        LegacyIndex.Write(folder.Source, new LegacyShape(60, 4, Deletions.Some));
        using FSDirectory directory = FSDirectory.Open(folder.Source);
        using DirectoryReader source = DirectoryReader.Open(directory);
        using DirectoryReader merged = Expunged.ByForceMerge(folder.Source, folder.PathOf("copy"));
        using DirectoryReader rewritten = Expunged.BySegment(source);
        var queries = QueryGenerator.Of(
            source, [LegacyFields.Varied], seed: 1, mostClauses: QueryGenerator.ClausesInAnySegment);

        Difference.None(ScoreComparer.FirstDifference(merged, rewritten, queries));
        Assert.NotNull(ScoreComparer.FirstDifference(merged, source, queries));
        Assert.NotNull(ScoreComparer.FirstDifferenceInRanking(merged, source, queries));
    }

    private static readonly string[] Expected =
    [
        "body, text ''", "body, text '🦊'", "double NaN", "float", "long -9223372036854775808", "mixed, int", "mixed, bytes",
        "norm of 'boosted'", "NUMERIC doc value of 'number'", "missing", "SORTED_SET doc value of 'set'", "posting of 'varied'",
        "term vector of 'vectors_payloads': positions offsets payloads", "term vector of 'vectors_offsets': offsets",
        "only_in_segment3", "posting of 'payloads'", "w199", "𐐷𐐏",
    ];

    private static DirectoryReader Open(LegacyShape shape)
    {
        var directory = new RAMDirectory();
        LegacyIndex.Write(directory, shape, LegacyDocuments.Of(shape));
        return DirectoryReader.Open(directory);
    }
}
