using System.Globalization;
using SpladeLucene.Vectors;

namespace SpladeLucene;

/// <summary>
/// How the vectors of a long text's windows become one. Of a single window, all leave the vector as it is.
/// </summary>
public sealed record WindowMerge
{
    /// <summary>What the saturation and the length penalty may be. Far larger ones only make overflowing weights.</summary>
    internal static readonly ValueRange Numbers = new(0, 1000);

    private const string SaturatedName = "saturated";

    /// <summary>Each term's largest weight. How often a text speaks of something does not count.</summary>
    public static readonly WindowMerge Max = new("max");

    /// <summary>
    /// Each term's mean weight over the windows that hold it, times 1 + ln(how many do): what a text keeps coming back
    /// to weighs more. Weights can grow beyond those of a single window.
    /// </summary>
    public static readonly WindowMerge WeightedMean = new("weighted-mean");

    private readonly string _name;
    private readonly float _saturation, _lengthPenalty;

    private WindowMerge(string name) => _name = name;

    private WindowMerge(float saturation, float lengthPenalty)
        : this(SaturatedName) => (_saturation, _lengthPenalty) = (saturation, lengthPenalty);

    /// <summary>
    /// Each term's mean weight over the n of a text's W windows that hold it, times n (1 + s + l) / (n + s + l W), with
    /// windows in the place of occurrences in BM25's term frequency: what comes back weighs more, by ever less, and the
    /// longer the text, the less a single window says. No weight grows beyond 1 + s + l times a window's.
    /// </summary>
    /// <param name="saturation">
    /// s, in BM25's terms k1 (1 − b): the larger, the more it counts how many windows hold a term. 0 to 1000.
    /// </param>
    /// <param name="lengthPenalty">
    /// l, in BM25's terms k1 b over the mean number of windows: the larger, the more a long text's terms must come back.
    /// 0 to 1000.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not in its range.</exception>
    public static WindowMerge Saturated(float saturation, float lengthPenalty) =>
        new(Numbers.Require(saturation, nameof(saturation)), Numbers.Require(lengthPenalty, nameof(lengthPenalty)));

    /// <summary>The s of <see cref="Saturated"/>; null for another merge.</summary>
    public float? Saturation => _name == SaturatedName ? _saturation : null;

    /// <summary>The l of <see cref="Saturated"/>; null for another merge.</summary>
    public float? LengthPenalty => _name == SaturatedName ? _lengthPenalty : null;

    /// <summary>The weight of a term in the vector of the whole text.</summary>
    /// <param name="sum">Its weights in the windows that hold it, added up.</param>
    /// <param name="heaviest">The largest of them.</param>
    /// <param name="holding">How many windows hold it, 1 or more.</param>
    /// <param name="windows">How many windows the text has, no fewer than <paramref name="holding"/>.</param>
    public float WeightOf(double sum, float heaviest, int holding, int windows) => _name switch
    {
        SaturatedName => (float)(sum * (1 + _saturation + _lengthPenalty)
            / (holding + _saturation + (_lengthPenalty * (double)windows))),
        _ when this == Max => heaviest,
        _ => (float)(sum / holding * (1 + Math.Log(holding))),
    };

    /// <summary>"max", "weighted-mean" or, with both numbers, such as "saturated/0.6/0.11".</summary>
    public override string ToString() => _name == SaturatedName
        ? string.Create(CultureInfo.InvariantCulture, $"{_name}/{_saturation:R}/{_lengthPenalty:R}") : _name;

    /// <summary>Reads what <see cref="ToString"/> wrote; null for any other text.</summary>
    internal static WindowMerge? Parse(string text)
    {
        if (text == Max._name) return Max;
        if (text == WeightedMean._name) return WeightedMean;
        return text.Split('/') is [SaturatedName, string first, string second]
            && float.TryParse(first, CultureInfo.InvariantCulture, out float saturation) && Numbers.Contains(saturation)
            && float.TryParse(second, CultureInfo.InvariantCulture, out float penalty) && Numbers.Contains(penalty)
            ? Saturated(saturation, penalty) : null;
    }
}
