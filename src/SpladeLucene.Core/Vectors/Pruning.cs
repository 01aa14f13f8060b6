using SpladeLucene.Vectors;

namespace SpladeLucene;

/// <summary>Which terms of a vector are too light to keep. The default keeps all of them.</summary>
public sealed record Pruning
{
    /// <summary>Keeps every term.</summary>
    public static readonly Pruning None = new();

    internal static readonly ValueRange MinWeights = new(0, float.MaxValue), TermLimits = new(1, int.MaxValue);
    internal static readonly ValueRange MinRatios = new(0, 1);

    /// <summary>Terms under this weight are dropped. Finite, 0 or more; default 0.</summary>
    public float MinWeight
    {
        get;
        init => field = MinWeights.Require(value, nameof(MinWeight));
    }

    /// <summary>
    /// Terms under this share of the vector's heaviest are dropped, as OpenSearch's <c>max_ratio</c> does (0.1 for its
    /// doc-v3 models). 0 to 1; default 0.
    /// </summary>
    public float MinRatio
    {
        get;
        init => field = MinRatios.Require(value, nameof(MinRatio));
    }

    /// <summary>How many terms are kept at most, the heaviest; 1 or more; default no limit.</summary>
    public int MaxTerms
    {
        get;
        init => field = TermLimits.Require(value, nameof(MaxTerms));
    } = int.MaxValue;
}
