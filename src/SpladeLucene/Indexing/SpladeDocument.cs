using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace SpladeLucene;

/// <summary>A document to add, and the text to encode for it.</summary>
/// <param name="Document">The document without its SPLADE field; it is left as it was.</param>
/// <param name="Text">The text to encode.</param>
/// <param name="Key">Documents that have this term are replaced, as by <c>UpdateDocument</c>; null only adds.</param>
public readonly record struct SpladeDocument(Document Document, string Text, Term? Key = null);
