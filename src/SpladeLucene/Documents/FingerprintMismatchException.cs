namespace SpladeLucene.Documents;

/// <summary>Vectors of different models met in one field or between a query and a field.</summary>
public sealed class FingerprintMismatchException : InvalidOperationException
{
    /// <summary>Names the field, what was expected and what else was found in it.</summary>
    public FingerprintMismatchException(
        string field, SpladeFingerprint expected, IReadOnlyCollection<SpladeFingerprint> found)
        : base($"The field '{field}' holds vectors that were made with {string.Join(" and with ", found)}; "
            + $"this one is made with {expected}. Scores of different models do not compare.")
    {
        Field = field;
        Expected = expected;
        Found = found;
    }

    /// <summary>The field.</summary>
    public string Field { get; }

    /// <summary>What the query or the new vectors are made with.</summary>
    public SpladeFingerprint Expected { get; }

    /// <summary>What the field holds that doesn't match; at least one.</summary>
    public IReadOnlyCollection<SpladeFingerprint> Found { get; }
}
