using System.Diagnostics;

namespace SpladeLucene;

public sealed partial class SparseVector
{
    /// <summary>Makes a vector of terms that are already what a vector holds; the array becomes its own.</summary>
    internal static SparseVector FromOrdered(SparseTerm[] terms)
    {
        Debug.Assert(terms.All(term => float.IsFinite(term.Weight) && term.Weight > 0), "weights are positive and finite");
        Debug.Assert(
            terms.Zip(terms.Skip(1)).All(pair => string.CompareOrdinal(pair.First.Term, pair.Second.Term) < 0),
            "terms are distinct and in ordinal order");
        return terms.Length == 0 ? Empty : new SparseVector(terms);
    }
}
