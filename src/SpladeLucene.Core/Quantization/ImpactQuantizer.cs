namespace SpladeLucene;

/// <summary>
/// Turns weights into impacts, whole numbers that fit a byte, and back. Documents: impact = round-half-even(weight ×
/// 256 / range), 0 dropped, above 255 becomes 255; with the default range of 5 that is the convention of Anserini and
/// Pyserini for SPLADE. Queries keep more precision: they take the largest scale at which every score is exact.
/// Immutable and thread-safe.
/// </summary>
public sealed record ImpactQuantizer
{
    /// <summary>The largest impact: a document's impact always fits one byte.</summary>
    public const int MaxImpact = 255;

    /// <summary>The range unless another one is given.</summary>
    public const double DefaultRange = 5;

    /// <summary>Every sum up to this one is a whole number that a float holds exactly.</summary>
    public const int MaxScoreSum = 1 << 24;

    // Of a query's weights all together.
    private const double MostRounding = 0.1;

    private const int Levels = 256;

    // A unit of 2^±100 is an ordinary float, and so is every score made with it.
    private const int MaxExponent = 100;

    /// <summary>The quantizer with the default range, 51.2 impacts a unit of weight.</summary>
    public static readonly ImpactQuantizer Default = new();

    /// <summary>Makes a quantizer.</summary>
    /// <param name="range">The weight that would become 256; from 1e-6 to 1e6, default 5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is smaller, larger or no number.</exception>
    public ImpactQuantizer(double range = DefaultRange)
    {
        if (!IsRange(range))
            throw new ArgumentOutOfRangeException(nameof(range), range, "A quantizer's range lies between 1e-6 and 1e6.");
        Range = range;
    }

    /// <summary>
    /// For documents whose weights are whole numbers already, such as those that Anserini and Pyserini index: up to 255
    /// they are the impacts; larger ones are scaled so that <paramref name="largest"/> becomes 255. A larger weight than
    /// that is refused. Give queries their weights as they are.
    /// </summary>
    /// <param name="largest">The largest weight of any document, 1 to 900,000; 255 or less all give the same quantizer.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is smaller or larger.</exception>
    public static ImpactQuantizer ForIntegers(int largest)
    {
        if (largest is not (>= 1 and <= 900_000))
            throw new ArgumentOutOfRangeException(nameof(largest), largest, "The largest weight lies between 1 and 900,000.");
        return new ImpactQuantizer(largest <= MaxImpact ? Levels : (double)Levels * largest / MaxImpact) { RefusesClipping = true };
    }

    /// <summary>The weight that would become 256.</summary>
    public double Range { get; }

    /// <summary>Whether a quantizer can have that range.</summary>
    internal static bool IsRange(double range) => range is >= 1e-6 and <= 1e6;

    /// <summary>Whether a document's weight above what 255 stands for is refused instead of counted as 255. It is no part of
    /// a fingerprint. Default: no.</summary>
    public bool RefusesClipping { get; init; }

    /// <summary>The impact of a document's weight, 0 to 255. Zero means that the term is dropped.</summary>
    /// <param name="weight">Finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is something else, or would be clipped where
    /// <see cref="RefusesClipping"/>.</exception>
    public int Quantize(float weight) => Quantize(weight, term: null);

    /// <summary>The same of a term, which a refusal names.</summary>
    internal int Quantize(SparseTerm term) => Quantize(term.Weight, term.Term);

    private int Quantize(float weight, string? term)
    {
        if (!float.IsFinite(weight) || weight < 0)
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight is finite and not negative.");
        if (RefusesClipping && weight > Dequantize(MaxImpact))
        {
            throw new ArgumentOutOfRangeException(nameof(weight), FormattableString.Invariant(
                $"The weight {weight}{(term is null ? "" : $" of the term '{term}'")} is over {Dequantize(MaxImpact)}, the largest that fits an impact: ")
                + $"call {nameof(ForIntegers)} with the largest weight that there is.");
        }

        return (int)Math.Min(Round(weight), MaxImpact);
    }

    /// <summary>The weight that stands for <paramref name="impact"/>: impact × range / 256.</summary>
    public float Dequantize(int impact) => (float)(impact * Range / Levels);

    /// <summary>The error that quantizing <paramref name="vector"/> as a document causes.</summary>
    public QuantizationReport Measure(SparseVector vector) => Measure([vector]);

    /// <summary>The error that quantizing all of <paramref name="vectors"/> as documents causes.</summary>
    public QuantizationReport Measure(IEnumerable<SparseVector> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        long count = 0, dropped = 0, clipped = 0;
        double largest = 0, squares = 0;
        foreach (SparseTerm term in vectors.SelectMany(vector => vector))
        {
            double level = Round(term.Weight);
            double error = Math.Abs(term.Weight - Dequantize((int)Math.Min(level, MaxImpact)));
            count++;
            if (level == 0) dropped++;
            if (level > MaxImpact) clipped++;
            largest = Math.Max(largest, error);
            squares += error * error;
        }

        return new QuantizationReport(count, dropped, clipped, largest, count == 0 ? 0 : Math.Sqrt(squares / count));
    }

    /// <summary>
    /// Turns a query's weights into integers at a scale 2^k × range / 256, for the largest k at which the heaviest
    /// possible document still scores at most 2^24: 255 × Σ weights ≤ 2^24. No weight is clipped; a weight too light
    /// beside the others to become 1 is dropped.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The weights are too large to be scored as floats (over 2^100), too small (under 2^-100), or so many (some 10,000
    /// alike) that rounding would move scores by more than a tenth.
    /// </exception>
    internal QuantizedQuery QuantizeQuery(SparseVector query)
    {
        ArgumentNullException.ThrowIfNull(query);
        double total = 0;
        foreach (SparseTerm term in query.AsSpan()) total += term.Weight;
        if (total == 0) return QuantizedQuery.Empty;

        // Rounding moves the sum, so the first guess may lie too high; it never lies too low by more than one.
        int guess = (int)Math.Floor(Math.Log2(MaxScoreSum / (MaxImpact * total * Range / Levels))) + 1;
        int exponent = Math.Min(guess, MaxExponent);
        while (exponent >= -MaxExponent && !Fits(query, exponent)) exponent--;
        if (exponent < -MaxExponent)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The query's weights add up to {total}; that is too much to be scored."), nameof(query));
        }

        QuantizedQuery quantized = At(query, exponent);
        if (quantized.Terms.IsEmpty)
            throw new ArgumentException(
                $"The weights of the query's {query.Count} terms are too many or too small to be scored.", nameof(query));
        // The smallest floats have few levels whatever their number.
        if (exponent < MaxExponent) RequireFaithful(query, quantized, Math.ScaleB(total * Range / Levels, exponent));
        return quantized;
    }

    // Thousands of light terms share so few levels that each is rounded far from what it weighs.
    private static void RequireFaithful(SparseVector query, QuantizedQuery quantized, double due)
    {
        double sum = 0;
        foreach (QuantizedTerm term in quantized.Terms) sum += term.Weight;
        if (Math.Abs(sum - due) <= MostRounding * due) return;
        throw new ArgumentException(FormattableString.Invariant(
            $"The query has {query.Count} terms: rounded so that scores stay exact, they would weigh {sum / due:P0} of what ")
            + "they do. Keep fewer, such as by Pruning.MaxTerms.", nameof(query));
    }

    private bool Fits(SparseVector query, int exponent)
    {
        double sum = 0;
        foreach (SparseTerm term in query.AsSpan()) sum += QueryWeight(term.Weight, exponent);
        return sum * MaxImpact <= MaxScoreSum;
    }

    private double QueryWeight(float weight, int exponent) =>
        Math.Round(Math.ScaleB(weight * Range / Levels, exponent), MidpointRounding.ToEven);

    private QuantizedQuery At(SparseVector query, int exponent)
    {
        var terms = new List<QuantizedTerm>(query.Count);
        foreach (SparseTerm term in query.AsSpan())
        {
            int weight = (int)QueryWeight(term.Weight, exponent);
            if (weight > 0) terms.Add(new QuantizedTerm(term.Term, weight));
        }

        return new QuantizedQuery([.. terms], MathF.ScaleB(1, -exponent));
    }

    // Multiplied before it is divided: weights that lie half-way between two impacts are exact in binary then.
    private double Round(float weight) => Math.Round(weight * Levels / Range, MidpointRounding.ToEven);
}
