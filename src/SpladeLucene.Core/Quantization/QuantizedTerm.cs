namespace SpladeLucene;

/// <summary>A query term with its integer weight, at least 1.</summary>
public readonly record struct QuantizedTerm(string Term, int Weight);
