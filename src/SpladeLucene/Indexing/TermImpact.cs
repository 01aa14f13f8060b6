namespace SpladeLucene.Indexing;

/// <summary>A term of a quantized vector: its impact, 1 to 255, and where in the text it came from.</summary>
internal readonly record struct TermImpact(string Term, int Impact, SourceSpan Span);
