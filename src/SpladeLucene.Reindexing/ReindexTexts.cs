namespace SpladeLucene.Reindexing;

/// <summary>The texts of one mapping.</summary>
/// <param name="Mapping">The mapping.</param>
/// <param name="Documents">Live documents that have a text.</param>
/// <param name="Missing">Live documents that have none.</param>
/// <param name="FirstMissing">The first of those, such as <c>document 17 of segment _3</c>; null where none.</param>
/// <param name="Characters">UTF-16 units of all texts together.</param>
/// <param name="ToEncode">
/// How many of them an earlier run or the target doesn't already hold the vector of; the same text twice counts twice.
/// </param>
public sealed record ReindexTexts(
    ReindexMapping Mapping, long Documents, long Missing, string? FirstMissing, long Characters, long ToEncode);
