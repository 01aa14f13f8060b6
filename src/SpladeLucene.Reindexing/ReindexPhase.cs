namespace SpladeLucene.Reindexing;

/// <summary>What a migration is about.</summary>
public enum ReindexPhase
{
    /// <summary>Finding the vectors that an earlier run, or the target, already has.</summary>
    Collecting,

    /// <summary>Encoding texts; complete segments are merged at the same time.</summary>
    Encoding,

    /// <summary>All texts are encoded; the rest of the segments is merged.</summary>
    Merging,

    /// <summary>The complete index is put into its place.</summary>
    Publishing,
}
