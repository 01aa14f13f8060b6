using Lucene.Net.Index;

namespace SpladeLucene.Reindexing;

/// <summary>What a migration will do, as found out by <see cref="SpladeReindexer.PlanAsync"/>. Immutable.</summary>
public sealed record ReindexPlan
{
    internal const string WorkingSuffix = ".upgrading";

    internal ReindexPlan(string source, string target, IReadOnlyList<ReindexMapping> mappings) =>
        (Source, Target, Mappings) = (source, target, mappings);

    /// <summary>The folder of the source index, as a full path.</summary>
    public string Source { get; }

    /// <summary>The folder of the target index, as a full path.</summary>
    public string Target { get; }

    /// <summary>What is encoded into what.</summary>
    public IReadOnlyList<ReindexMapping> Mappings { get; }

    /// <summary>
    /// The folder beside the target in which everything happens until the target is complete. It is gone at the end.
    /// </summary>
    public string WorkingFolder => Target + WorkingSuffix;

    /// <summary>Where the run will begin.</summary>
    public ReindexStart Start { get; init; }

    /// <summary>Live documents of the source: so many the target will have.</summary>
    public long Documents { get; init; }

    /// <summary>Deleted documents of the source, which stay behind.</summary>
    public long Deleted { get; init; }

    /// <summary>The source's segments, in their order.</summary>
    public IReadOnlyList<ReindexSegment> Segments { get; init; } = [];

    /// <summary>The source's fields by name.</summary>
    public IReadOnlyList<ReindexField> Fields { get; init; } = [];

    /// <summary>The texts of each mapping.</summary>
    public IReadOnlyList<ReindexTexts> Texts { get; init; } = [];

    /// <summary>Why the run is refused; empty where it isn't.</summary>
    public IReadOnlyList<ReindexProblem> Problems { get; init; } = [];

    /// <summary>What the caller should know before it starts, each a sentence.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>
    /// How long the run will take: encoding, going by a sample of the texts, or reading and writing, which happen meanwhile,
    /// going by how long the plan took to read. Null where texts are to be encoded and none were sampled.
    /// </summary>
    public TimeSpan? EstimatedTime { get; init; }

    /// <summary>Bytes of the source's files.</summary>
    public long SourceBytes { get; init; }

    /// <summary>About how many bytes the target will have; null where texts are to be encoded and none were sampled.</summary>
    public long? EstimatedTargetBytes { get; init; }

    /// <summary>
    /// About how many bytes are needed while the run works: the working folder, the target in the making included, and what
    /// catching up adds to the target. Null where texts are to be encoded and none were sampled.
    /// </summary>
    public long? EstimatedWorkingBytes { get; init; }

    /// <summary>Whether there are no problems.</summary>
    public bool CanRun => Problems.Count == 0;
}

/// <summary>Where a run begins.</summary>
public enum ReindexStart
{
    /// <summary>There is no target yet.</summary>
    New,

    /// <summary>An earlier run was ended before the target was complete; what it encoded is used.</summary>
    Resume,

    /// <summary>The target is complete and the source has changed since; only changed texts are encoded.</summary>
    CatchUp,

    /// <summary>The target is complete and the source is as it was: there is nothing to do.</summary>
    UpToDate,
}

/// <summary>A segment of the source.</summary>
/// <param name="Name">Its name, such as <c>_3</c>.</param>
/// <param name="Documents">Live documents.</param>
/// <param name="Deleted">Deleted documents, which stay behind.</param>
/// <param name="Codec">The codec that it was written with, such as <c>Lucene46</c>.</param>
/// <param name="Version">The version of Lucene that wrote it; null where it doesn't say.</param>
public sealed record ReindexSegment(string Name, int Documents, int Deleted, string Codec, string? Version)
{
    /// <summary>
    /// Whether the target has it from an earlier run: it is neither read nor written, and only marked where documents were
    /// deleted since.
    /// </summary>
    public bool IsCarried { get; init; }
}

/// <summary>A field of the source, and what any segment has of it. All of it is carried over.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="IsStored">
/// Whether a live document has a stored value of it; null in a plan that read no document, because it was refused before or
/// there is nothing to do.
/// </param>
/// <param name="IndexOptions">What its postings hold in the segment that has most; null where it isn't indexed.</param>
/// <param name="HasNorms">Whether lengths and boosts are kept.</param>
/// <param name="HasPayloads">Whether postings have payloads.</param>
/// <param name="HasVectors">Whether documents have term vectors of it.</param>
/// <param name="DocValuesType">The type of its doc values; null where it has none.</param>
public sealed record ReindexField(
    string Name,
    bool? IsStored,
    IndexOptions? IndexOptions,
    bool HasNorms,
    bool HasPayloads,
    bool HasVectors,
    DocValuesType? DocValuesType);

/// <summary>The texts of one mapping.</summary>
/// <param name="Mapping">The mapping.</param>
/// <param name="Documents">Live documents that have a text.</param>
/// <param name="Missing">Live documents that have none.</param>
/// <param name="FirstMissing">The first of those, such as <c>document 17 of segment _3</c>; null where none.</param>
/// <param name="Characters">
/// UTF-16 units of all texts together; of segments that are carried over, of those that they once had.
/// </param>
/// <param name="ToEncode">
/// How many of them an earlier run or the target doesn't already hold the vector of; the same text twice counts twice.
/// </param>
public sealed record ReindexTexts(
    ReindexMapping Mapping, long Documents, long Missing, string? FirstMissing, long Characters, long ToEncode);
