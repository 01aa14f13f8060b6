using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>How a legacy index is generated. The same shape gives the same index.</summary>
/// <param name="Documents">How many documents are written, the later deleted ones included.</param>
/// <param name="Segments">How many segments they are written to, all of about one size.</param>
/// <param name="Deletions">Which of them are deleted afterwards.</param>
/// <param name="Features">What the documents have.</param>
/// <param name="Seed">Whatever is left to chance depends on it.</param>
internal sealed record LegacyShape(
    int Documents,
    int Segments,
    Deletions Deletions = Deletions.None,
    LegacyFeatures Features = LegacyFeatures.All,
    int Seed = 1)
{
    /// <summary>Adds what not every build of Lucene.NET has.</summary>
    public Action<Document, Random>? More { get; init; }

    /// <summary>Sets the writer up, for what not every build of Lucene.NET can set.</summary>
    public Action<IndexWriterConfig>? Configure { get; init; }

    /// <summary>The first document of each segment, and the end of the last.</summary>
    public IEnumerable<int> Borders =>
        Enumerable.Range(0, Segments + 1).Select(i => (int)((long)Documents * i / Segments));

    public override string ToString() =>
        $"{Documents} documents, {Segments} segments, deletions {Deletions}, {Features}, seed {Seed}";
}

internal enum Deletions
{
    None,

    /// <summary>About a quarter of the documents, first and last of segments among them.</summary>
    Some,

    /// <summary>All documents of the second segment.</summary>
    WholeSegment,

    /// <summary>Every document but one of each segment.</summary>
    AllButOne,

    Everything,
}
