namespace SpladeLucene;

/// <summary>A document's text or vector can't be indexed; the inner exception says why.</summary>
public sealed class SpladeDocumentException(long number, string? id, Exception reason)
    : Exception($"Document {id ?? $"number {number}"} was rejected: {reason?.Message}", reason)
{
    /// <summary>Its place among the documents that were given, from 0.</summary>
    public long Number { get; } = number;

    /// <summary>Its id, where a field that holds it was named.</summary>
    public string? Id { get; } = id;
}
