namespace SpladeLucene.Reindexing;

/// <summary>A document of the source can't be migrated; the inner exception, if any, says why. The run can be resumed.</summary>
public sealed class ReindexDocumentException : Exception
{
    /// <summary>Makes an exception about one document.</summary>
    /// <param name="segment">The name of its segment.</param>
    /// <param name="number">Its number in that segment, from 0.</param>
    /// <param name="problem">What is wrong, as the second half of a sentence, with its full stop.</param>
    /// <param name="innerException">What was noticed below, if anything.</param>
    public ReindexDocumentException(string segment, int number, string problem, Exception? innerException = null)
        : base($"Document {number} of segment {segment} {problem}", innerException) => (Segment, Number) = (segment, number);

    /// <summary>The name of its segment.</summary>
    public string Segment { get; }

    /// <summary>Its number in that segment, from 0.</summary>
    public int Number { get; }
}
