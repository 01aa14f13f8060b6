using Lucene.Net.Documents;

namespace SpladeLucene.Reindexing;

/// <summary>A document of the source whose text isn't stored, for <see cref="ReindexOptions.TextOf"/>.</summary>
/// <param name="Stored">What is stored of it.</param>
/// <param name="Mapping">What its text is wanted for.</param>
/// <param name="Segment">The name of its segment.</param>
/// <param name="Number">Its number in that segment, from 0.</param>
public sealed record ReindexSource(Document Stored, ReindexMapping Mapping, string Segment, int Number);
