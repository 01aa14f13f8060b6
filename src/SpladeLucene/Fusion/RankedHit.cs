namespace SpladeLucene;

/// <summary>One place of a ranking.</summary>
/// <typeparam name="T">What a document is known by: Lucene's number of it, or an id of the application.</typeparam>
/// <param name="Document">The document.</param>
/// <param name="Score">Its score; finite, larger is better.</param>
public readonly record struct RankedHit<T>(T Document, double Score)
    where T : notnull;
