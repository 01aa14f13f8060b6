namespace SpladeLucene.Reindexing;

/// <summary>A segment of the source.</summary>
/// <param name="Name">Its name, such as <c>_3</c>.</param>
/// <param name="Documents">Live documents.</param>
/// <param name="Deleted">Deleted documents, which stay behind.</param>
/// <param name="Codec">The codec that it was written with, such as <c>Lucene46</c>.</param>
/// <param name="Version">The version of Lucene that wrote it; null where it doesn't say.</param>
public sealed record ReindexSegment(string Name, int Documents, int Deleted, string Codec, string? Version);
