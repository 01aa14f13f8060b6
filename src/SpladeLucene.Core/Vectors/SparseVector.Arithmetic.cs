namespace SpladeLucene;

public sealed partial class SparseVector
{
    /// <summary>
    /// The dot product with <paramref name="other"/>, summed in double precision in term order. O(n + m).
    /// </summary>
    public double Dot(SparseVector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        double sum = 0;
        for (int i = 0, j = 0; i < _terms.Length && j < other._terms.Length;)
        {
            int order = string.CompareOrdinal(_terms[i].Term, other._terms[j].Term);
            if (order == 0) sum += (double)_terms[i++].Weight * other._terms[j++].Weight;
            else if (order < 0) i++;
            else j++;
        }

        return sum;
    }

    /// <summary>The <paramref name="n"/> heaviest terms, heaviest first; equal weights in ordinal order of the term.</summary>
    /// <param name="n">How many at most; 0 or more.</param>
    public IReadOnlyList<SparseTerm> Top(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        // OrderByDescending is stable and _terms is in ordinal order, which settles equal weights.
        return [.. _terms.OrderByDescending(term => term.Weight).Take(n)];
    }

    /// <summary>The vector without its light terms; itself where nothing falls to <paramref name="pruning"/>.</summary>
    public SparseVector Prune(Pruning pruning)
    {
        ArgumentNullException.ThrowIfNull(pruning);
        float lightest = pruning.MinWeight;
        if (pruning.MinRatio > 0 && Count > 0)
            lightest = Math.Max(lightest, pruning.MinRatio * _terms.Max(term => term.Weight));
        if (lightest <= 0 && Count <= pruning.MaxTerms) return this;
        if (Count > pruning.MaxTerms)
            return FromDistinct([.. Top(pruning.MaxTerms).Where(term => term.Weight >= lightest)]);
        return Array.TrueForAll(_terms, term => term.Weight >= lightest)
            ? this : FromOrdered([.. _terms.Where(term => term.Weight >= lightest)]);
    }

    /// <summary>The same terms with other weights; one of zero is left out.</summary>
    /// <exception cref="ArgumentException">A weight is negative, NaN or infinite; the message names the term.</exception>
    internal SparseVector Reweighed(Func<SparseTerm, float> weightOf) =>
        FromDistinctInOrder(Array.ConvertAll(_terms, term => term with { Weight = weightOf(term) }));

    /// <summary>The vector of terms that come in order, each once; one of no weight is left out. The array becomes its own.
    /// </summary>
    /// <exception cref="ArgumentException">A weight is negative, NaN or infinite; the message names the term.</exception>
    internal static SparseVector FromDistinctInOrder(SparseTerm[] terms)
    {
        int kept = 0;
        foreach (ref readonly SparseTerm term in terms.AsSpan())
        {
            Check(term);
            if (term.Weight > 0) terms[kept++] = term;
        }

        Array.Resize(ref terms, kept);
        return FromOrdered(terms);
    }

    /// <summary>
    /// The element-wise maximum of both vectors; a term keeps the span of the side that won, the left one's on a tie.
    /// </summary>
    public SparseVector Max(SparseVector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count == 0) return this;
        if (Count == 0) return other;
        var merged = new List<SparseTerm>(Count + other.Count);
        int i = 0, j = 0;
        while (i < Count && j < other.Count)
        {
            int order = string.CompareOrdinal(_terms[i].Term, other._terms[j].Term);
            if (order < 0) merged.Add(_terms[i++]);
            else if (order > 0) merged.Add(other._terms[j++]);
            else merged.Add(Heavier(_terms[i++], other._terms[j++]));
        }

        merged.AddRange(_terms.AsSpan(i));
        merged.AddRange(other._terms.AsSpan(j));
        return new SparseVector([.. merged]);
    }

    private static SparseTerm Heavier(SparseTerm left, SparseTerm right) => right.Weight > left.Weight ? right : left;
}
