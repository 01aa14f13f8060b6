using SpladeLucene.Reindexing.Running;

namespace SpladeLucene.Reindexing;

/// <summary>What a migration will do, as found out by <see cref="SpladeReindexer.PlanAsync"/>. Immutable.</summary>
public sealed record ReindexPlan
{
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
    public string WorkingFolder => Target + ".upgrading";

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

    /// <summary>Why the run is refused, each a sentence that names the input; empty where it isn't.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What the caller should know before it starts, each a sentence.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>
    /// How long encoding will take, going by a sample of the texts; null where none were encoded. Reading and writing
    /// happen meanwhile.
    /// </summary>
    public TimeSpan? EstimatedTime { get; init; }

    /// <summary>Bytes of the source's files.</summary>
    public long SourceBytes { get; init; }

    /// <summary>About how many bytes the target will have; null where no texts were sampled.</summary>
    public long? EstimatedTargetBytes { get; init; }

    /// <summary>
    /// About how many bytes the working folder grows to, the target in the making included; null where no texts were
    /// sampled. Catching up takes the target's size once more.
    /// </summary>
    public long? EstimatedWorkingBytes { get; init; }

    /// <summary>Whether there are no problems.</summary>
    public bool CanRun => Problems.Count == 0;
}
