namespace SpladeLucene.Benchmarks.Collections;

/// <summary>In which order documents get their ids.</summary>
internal enum DocumentOrder
{
    /// <summary>Any.</summary>
    Random,

    /// <summary>Documents on one topic have neighbouring ids, as after reordering an index.</summary>
    Clustered,
}
