namespace SpladeLucene;

/// <summary>One dimension of a <see cref="SparseVector"/>.</summary>
/// <param name="Term">The vocabulary entry as it stands in the index, <c>##</c> of a word piece included.</param>
/// <param name="Weight">A positive finite weight.</param>
/// <param name="Span">The text whose position won the max-pool, or null where the encoder doesn't know it.</param>
public readonly record struct SparseTerm(string Term, float Weight, SourceSpan? Span = null);
