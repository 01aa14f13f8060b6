namespace SpladeLucene;

/// <summary>Which terms of a vector are too light to keep. The default keeps all of them.</summary>
public sealed record Pruning
{
    /// <summary>Keeps every term.</summary>
    public static readonly Pruning None = new();

    /// <summary>Terms under this weight are dropped. Finite, 0 or more; default 0.</summary>
    public float MinWeight
    {
        get;
        init => field = float.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The smallest weight is finite and not negative.");
    }

    /// <summary>How many terms are kept at most, the heaviest; 1 or more; default no limit.</summary>
    public int MaxTerms
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one term is kept.");
    } = int.MaxValue;
}
