namespace SpladeLucene.Reindexing.Tests;

/// <summary>What a generated index has, beside ids, texts and a field of every <c>IndexOptions</c> level.</summary>
[Flags]
internal enum LegacyFeatures
{
    None = 0,
    Boosts = 1,
    Payloads = 2,
    Vectors = 4,
    DocValues = 8,
    StoredNumbers = 16,

    /// <summary>Fields that only some segments have, or that segments index in different ways.</summary>
    Differing = 32,

    /// <summary>Empty, huge and non-ASCII texts, lone surrogates, control characters.</summary>
    OddTexts = 64,

    All = Boosts | Payloads | Vectors | DocValues | StoredNumbers | Differing | OddTexts,
}
