using CsCheck;

namespace SpladeLucene.Core.Tests;

/// <summary>What properties are tried on; a failure arrives as the smallest case that shows it, with its seed.</summary>
internal static class Generated
{
    /// <summary>Few letters, so that vectors share terms; some sort otherwise by culture than by code unit.</summary>
    public static readonly Gen<string> Term = Gen.String[Gen.Char["aBcé\u00DF#"], 1, 3];

    public static readonly Gen<SparseTerm[]> Terms = Gen
        .Dictionary(Term, Gen.OneOf(Gen.Float[1e-3f, 10f], Gen.Int[1, 3].Select(whole => (float)whole)))[0, 20]
        .Select(terms => terms.Select(term => new SparseTerm(term.Key, term.Value)).ToArray());

    public static readonly Gen<SparseVector> Vector = Terms.Select(SparseVector.Create);

    public static readonly Gen<Pruning> Pruning = Gen.Select(
        Gen.OneOf(Gen.Const(0f), Gen.Float[0, 5]), Gen.OneOf(Gen.Const(int.MaxValue), Gen.Int[1, 300]),
        Gen.OneOf(Gen.Const(0f), Gen.Float[0, 1]),
        (lightest, most, ratio) => new Pruning { MinWeight = lightest, MaxTerms = most, MinRatio = ratio });

    public static readonly Gen<WindowMerge> Merge = Gen.OneOf(
        Gen.Const(WindowMerge.Max), Gen.Const(WindowMerge.WeightedMean),
        Gen.Select(Gen.Float[0, 1000], Gen.Float[0, 1000], WindowMerge.Saturated));

    public static readonly Gen<TextWindows> Windows =
        from tokens in Gen.Int[TextWindows.SpecialTokens + 1, 600]
        from overlap in Gen.Int[0, tokens - TextWindows.SpecialTokens - 1]
        from merge in Merge
        select new TextWindows(tokens, overlap, merge);

    public static readonly Gen<LengthNormalization> Length = Gen.Select(
        Gen.Float[0, 1], Gen.Float[1e-6f, 1e6f], (exponent, norm) => new LengthNormalization(exponent, norm));
}
