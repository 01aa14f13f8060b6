namespace SpladeLucene.Evaluation;

/// <summary>A query of a test collection.</summary>
/// <param name="Id">The id that the judgements know it by.</param>
/// <param name="Text">The query in words.</param>
/// <param name="Metadata">What else the collection says of it, such as a kind or a split; may be empty.</param>
public sealed record CollectionQuery(string Id, string Text, IReadOnlyDictionary<string, string> Metadata);
