using System.Diagnostics.CodeAnalysis;
using SpladeLucene.Vectors;

namespace SpladeLucene;

/// <summary>
/// Makes the vectors of long texts lighter and those of short ones heavier: every weight is multiplied by
/// (<see cref="Norm"/> / ‖v‖)^<see cref="Exponent"/>, where ‖v‖ is the vector's Euclidean norm. It is a constant for
/// each vector, so of a query it changes the scores and not the ranking.
/// </summary>
public sealed record LengthNormalization
{
    /// <summary>The norm that is left as it is unless another is given.</summary>
    public const float DefaultNorm = 10;

    internal static readonly ValueRange Exponents = new(0, 1), Norms = new(1e-6, 1e6);

    /// <summary>Leaves vectors as they are.</summary>
    public static readonly LengthNormalization None = new(0);

    /// <summary>Makes a normalization.</summary>
    /// <param name="exponent">0 (none) to 1 (all vectors have the same norm).</param>
    /// <param name="norm">
    /// 1e-6 to 1e6. A vector of this norm keeps its weights. Choose the norm of a rather short document: then
    /// few weights grow past the range of the quantizer.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not in its range.</exception>
    public LengthNormalization(float exponent, float norm = DefaultNorm)
    {
        Exponents.Require(exponent, nameof(exponent));
        Norms.Require(norm, nameof(norm));
        (Exponent, Norm) = (exponent, exponent == 0 ? DefaultNorm : norm);
    }

    /// <summary>How much length counts, 0 to 1; 0 for not at all.</summary>
    public float Exponent { get; }

    /// <summary>The norm that is left as it is.</summary>
    public float Norm { get; }

    /// <summary>Makes one where both numbers are in their ranges.</summary>
    internal static bool TryCreate(float exponent, float norm, [NotNullWhen(true)] out LengthNormalization? length)
    {
        length = Exponents.Contains(exponent) && Norms.Contains(norm) ? new LengthNormalization(exponent, norm) : null;
        return length is not null;
    }

    /// <summary>The vector with its weights multiplied; itself where there is nothing to do.</summary>
    public SparseVector Apply(SparseVector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        if (Exponent == 0 || vector.Count == 0) return vector;
        double squares = 0;
        foreach (SparseTerm term in vector.AsSpan()) squares += (double)term.Weight * term.Weight;
        double factor = Math.Pow(Norm / Math.Sqrt(squares), Exponent);
        return vector.Reweighed(term => (float)(term.Weight * factor));
    }
}
