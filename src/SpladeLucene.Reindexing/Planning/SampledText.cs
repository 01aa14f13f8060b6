namespace SpladeLucene.Reindexing.Planning;

/// <summary>A text of a sample, and the document that it is of.</summary>
internal readonly record struct SampledText(string Text, string Segment, int Document);
