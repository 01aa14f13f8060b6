namespace SpladeLucene.Impacts;

/// <summary>A query term in one segment: its number there and its weight in the query.</summary>
internal readonly record struct SegmentTerm(int Term, int Weight);
