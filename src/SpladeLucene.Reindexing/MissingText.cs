namespace SpladeLucene.Reindexing;

/// <summary>What becomes of a document that has no stored text to encode.</summary>
public enum MissingText
{
    /// <summary>The run is refused; the plan says how many such documents there are.</summary>
    Refuse,

    /// <summary>The document is carried over like every other, without a vector: no SPLADE query finds it.</summary>
    Skip,
}
