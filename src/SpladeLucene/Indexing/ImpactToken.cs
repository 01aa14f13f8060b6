namespace SpladeLucene.Indexing;

/// <summary>A token to emit: a term, its impact (0 for the reserved term), and where in the text it came from.</summary>
internal readonly record struct ImpactToken(string Term, int Impact, SourceSpan Span, int Repeats);
