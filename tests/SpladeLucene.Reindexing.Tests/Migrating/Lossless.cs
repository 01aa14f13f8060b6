using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Asserts all that makes a migration lossless, and that what it adds is right.</summary>
internal sealed class Lossless(string source, string target, params ReindexMapping[] mappings)
{
    private readonly string[] _added = [.. mappings.SelectMany(mapping =>
        new[] { mapping.TargetField, mapping.HashField })];

    /// <summary>
    /// Whether the source has segments of Lucene 3. They don't know how often a term occurs in all, so BM25 scores change
    /// whenever Lucene rewrites one, and only a rewritten source can be compared with.
    /// </summary>
    public bool IsOfLucene3 { get; init; }

    /// <summary>
    /// Whether the target caught up, so that documents may be marked as deleted in it: scores are compared without those.
    /// </summary>
    public bool CaughtUp { get; init; }

    /// <summary>Further kinds of queries whose scores are compared.</summary>
    public Func<Term, Random, Query>[] MoreQueries { get; init; } = [];

    public ISparseEncoder Encoder { get; init; } = new WordEncoder();

    public ReindexOptions Options { get; init; } = new();

    public void Assert(string copies)
    {
        using FSDirectory sourceFolder = FSDirectory.Open(source), targetFolder = FSDirectory.Open(target);
        using DirectoryReader had = DirectoryReader.Open(sourceFolder), has = DirectoryReader.Open(targetFolder);
        Xunit.Assert.True(CaughtUp || !has.HasDeletions);
        Difference.None(IndexComparer.FirstDifference(had, has, _added));
        Difference.None(IndexComparer.FirstDifferenceInUserData(had, has));
        using DirectoryReader clean = has.HasDeletions ? Expunged.BySegment(has) : DirectoryReader.Open(targetFolder);
        AssertScores(had, clean, copies);
        foreach (ReindexMapping mapping in mappings) AssertVectors(had, has, mapping);
    }

    // The forced merge may put segments together: that changes fields that they index in different ways.
    private void AssertScores(DirectoryReader had, DirectoryReader has, string copies)
    {
        using DirectoryReader rewritten = Expunged.BySegment(had);
        Difference.None(IndexComparer.FirstDifferenceInStatistics(rewritten, has, _added));
        Difference.None(ScoreComparer.FirstDifference(rewritten, has, Queries(had)));
        if (IsOfLucene3) return;
        using DirectoryReader merged = Expunged.ByForceMerge(source, copies);
        Difference.None(ScoreComparer.FirstDifference(merged, has, QueryGenerator.Of(
            had, [LegacyFields.Varied], seed: 8, MoreQueries, QueryGenerator.ClausesInAnySegment)));
        if (had.HasDeletions) return;
        Difference.None(ScoreComparer.FirstDifference(had, has, Queries(had)));
        Difference.None(ScoreComparer.FirstDifferenceInRanking(had, has, Queries(had)));
    }

    private IReadOnlyList<Query> Queries(DirectoryReader reader) => QueryGenerator.Of(reader, [], seed: 7, MoreQueries);

    private void AssertVectors(DirectoryReader had, DirectoryReader has, ReindexMapping mapping)
    {
        IEnumerable<string?> texts = SpladeListing.TextsOf(had, mapping, Options.TextOf);
        IReadOnlyList<Fact> expected = SpladeListing.Expected(texts, mapping, Encoder, Options);
        Difference.None(IndexComparer.FirstDifference(expected, SpladeListing.Of(has, mapping)));
    }
}
