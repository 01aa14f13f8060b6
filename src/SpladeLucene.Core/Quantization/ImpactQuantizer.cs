namespace SpladeLucene;

/// <summary>
/// Turns weights into impacts, whole numbers that fit a byte, and back. Documents: impact = round-half-even(weight ×
/// 256 / range), 0 dropped, above 255 becomes 255; with the default range of 5 that is the convention of Anserini and
/// Pyserini for SPLADE. Queries keep more precision: see <see cref="QuantizeQuery"/>. Immutable and thread-safe.
/// </summary>
public sealed partial record ImpactQuantizer
{
    /// <summary>The largest impact: a document's impact always fits one byte.</summary>
    public const int MaxImpact = 255;

    /// <summary>The range unless another one is given.</summary>
    public const double DefaultRange = 5;

    private const int Levels = 256;

    /// <summary>The quantizer with the default range, 51.2 impacts a unit of weight.</summary>
    public static readonly ImpactQuantizer Default = new();

    /// <summary>Makes a quantizer.</summary>
    /// <param name="range">The weight that would become 256; from 1e-6 to 1e6, default 5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is smaller, larger or no number.</exception>
    public ImpactQuantizer(double range = DefaultRange)
    {
        if (range is not (>= 1e-6 and <= 1e6))
            throw new ArgumentOutOfRangeException(nameof(range), range, "A quantizer's range lies between 1e-6 and 1e6.");
        Range = range;
    }

    /// <summary>The weight that would become 256.</summary>
    public double Range { get; }

    /// <summary>The impact of a document's weight, 0 to 255. Zero means that the term is dropped.</summary>
    /// <param name="weight">Finite and not negative.</param>
    public int Quantize(float weight)
    {
        if (!float.IsFinite(weight) || weight < 0)
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight is finite and not negative.");
        return (int)Math.Min(Round(weight), MaxImpact);
    }

    /// <summary>The weight that stands for <paramref name="impact"/>: impact × range / 256.</summary>
    public float Dequantize(int impact) => (float)(impact * Range / Levels);

    // Multiplied before it is divided: weights that lie half-way between two impacts are exact in binary then.
    private double Round(float weight) => Math.Round(weight * Levels / Range, MidpointRounding.ToEven);
}
