using System.Collections;
using System.Diagnostics;

namespace SpladeLucene;

/// <summary>
/// An immutable sparse vector over a vocabulary: terms in ordinal order, each once, each with a positive finite weight.
/// Instances are safe to share between threads.
/// </summary>
public sealed partial class SparseVector : IReadOnlyList<SparseTerm>, IEquatable<SparseVector>
{
    /// <summary>The vector without terms: what an empty text encodes to. It matches nothing.</summary>
    public static readonly SparseVector Empty = new([]);

    // Invariant: ascending by Term (ordinal), no duplicates, every weight positive and finite.
    private readonly SparseTerm[] _terms;

    private SparseVector(SparseTerm[] terms) => _terms = terms;

    /// <summary>Makes a vector of <paramref name="terms"/>, which may come in any order.</summary>
    /// <param name="terms">Terms with their weights. A weight of zero is left out.</param>
    /// <exception cref="ArgumentException">
    /// A term is empty or stands there twice, a weight is negative, NaN or infinite, or a span begins before the text or
    /// ends before it begins; the message names the term.
    /// </exception>
    public static SparseVector Create(IEnumerable<SparseTerm> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var kept = new List<SparseTerm>();
        foreach (SparseTerm term in terms)
        {
            Check(term);
            if (term.Weight > 0) kept.Add(term);
        }

        return FromDistinct([.. kept]);
    }

    /// <summary>Makes a vector of terms with their weights and without spans, such as a dictionary.</summary>
    /// <param name="weights">Terms with their weights. A weight of zero is left out.</param>
    /// <exception cref="ArgumentException">As for <see cref="Create"/>.</exception>
    public static SparseVector FromWeights(IEnumerable<KeyValuePair<string, float>> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return Create(weights.Select(pair => new SparseTerm(pair.Key, pair.Value)));
    }

    /// <summary>Makes a vector of terms that are already what a vector holds; the array becomes its own.</summary>
    internal static SparseVector FromOrdered(SparseTerm[] terms)
    {
        Debug.Assert(AreOrdered(terms), "terms are distinct, in ordinal order, with positive finite weights");
        return terms.Length == 0 ? Empty : new SparseVector(terms);
    }

    /// <summary>How many terms the vector has.</summary>
    public int Count => _terms.Length;

    /// <summary>The term at <paramref name="index"/> in ordinal order.</summary>
    public SparseTerm this[int index] => _terms[index];

    /// <summary>The terms in ordinal order, without a copy.</summary>
    public ReadOnlySpan<SparseTerm> AsSpan() => _terms;

    /// <summary>The weight of <paramref name="term"/>, or 0 where the vector doesn't have it. O(log n).</summary>
    public float WeightOf(string term)
    {
        int at = IndexOf(term);
        return at < 0 ? 0 : _terms[at].Weight;
    }

    /// <summary>The place of <paramref name="term"/> in ordinal order, or a negative number. O(log n).</summary>
    public int IndexOf(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        int low = 0, high = _terms.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = string.CompareOrdinal(_terms[middle].Term, term);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }

    /// <summary>Whether both vectors have the same terms with the same weights. Spans do not count.</summary>
    public bool Equals(SparseVector? other)
    {
        if (other is null || other.Count != Count) return false;
        for (int i = 0; i < _terms.Length; i++)
        {
            if (_terms[i].Weight != other._terms[i].Weight || _terms[i].Term != other._terms[i].Term) return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SparseVector);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (SparseTerm term in _terms)
        {
            hash.Add(term.Term, StringComparer.Ordinal);
            hash.Add(term.Weight);
        }

        return hash.ToHashCode();
    }

    /// <summary>The ten heaviest terms in words, for logs and debuggers.</summary>
    public override string ToString()
    {
        IEnumerable<string> heaviest = Top(10).Select(term => FormattableString.Invariant($"{term.Term} {term.Weight:0.00}"));
        return $"{Count} terms: {string.Join(", ", heaviest)}{(Count > 10 ? ", …" : "")}";
    }

    /// <inheritdoc/>
    public IEnumerator<SparseTerm> GetEnumerator() => ((IEnumerable<SparseTerm>)_terms).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _terms.GetEnumerator();

    private static bool AreOrdered(ReadOnlySpan<SparseTerm> terms)
    {
        for (int i = 0; i < terms.Length; i++)
        {
            if (!float.IsFinite(terms[i].Weight) || terms[i].Weight <= 0) return false;
            if (i > 0 && string.CompareOrdinal(terms[i - 1].Term, terms[i].Term) >= 0) return false;
        }

        return true;
    }

    private static SparseVector FromDistinct(SparseTerm[] terms)
    {
        if (terms.Length == 0) return Empty;
        Array.Sort(terms, static (a, b) => string.CompareOrdinal(a.Term, b.Term));
        for (int i = 1; i < terms.Length; i++)
        {
            if (terms[i].Term == terms[i - 1].Term)
                throw new ArgumentException($"The term '{terms[i].Term}' stands twice in one vector.", nameof(terms));
        }

        return new SparseVector(terms);
    }

    private static void Check(in SparseTerm term)
    {
        if (string.IsNullOrEmpty(term.Term)) throw new ArgumentException("A term of a sparse vector is empty.", nameof(term));
        if (!float.IsFinite(term.Weight) || term.Weight < 0)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The weight of '{term.Term}' is {term.Weight}; weights are finite and not negative."), nameof(term));
        }

        if (term.Span is { } span && (span.Start < 0 || span.End < span.Start))
            throw new ArgumentException($"The span of '{term.Term}' is [{span.Start}, {span.End}).", nameof(term));
    }
}
