using Lucene.Net.Documents;

namespace SpladeLucene.Documents;

/// <summary>A document to add, and the text to encode for it.</summary>
public readonly record struct TextDocument(Document Document, string Text);
