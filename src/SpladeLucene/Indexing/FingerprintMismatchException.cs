namespace SpladeLucene;

/// <summary>A query meets a field whose vectors are another model's, or several models'.</summary>
public sealed class FingerprintMismatchException : InvalidOperationException
{
    /// <summary>Names the field, what was expected and what else was found in it.</summary>
    public FingerprintMismatchException(
        string field, SpladeFingerprint expected, IReadOnlyCollection<SpladeFingerprint> found)
        : base($"The field '{field}' holds vectors that were made with {string.Join(" and with ", found)}; "
            + $"the query is made with {expected}, and their scores do not compare: "
            + "ask with the model that made the field, or encode the documents again with this one.")
    {
        Field = field;
        Expected = expected;
        Found = found;
    }

    /// <summary>The field.</summary>
    public string Field { get; }

    /// <summary>What the query is made with.</summary>
    public SpladeFingerprint Expected { get; }

    /// <summary>All that the field holds; at least one doesn't match.</summary>
    public IReadOnlyCollection<SpladeFingerprint> Found { get; }
}
