namespace SpladeLucene.Reindexing;

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
