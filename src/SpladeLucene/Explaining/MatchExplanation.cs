using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Explaining;

/// <summary>Lucene's <see cref="Explanation"/> of a SPLADE score: a sentence, and one for each term that matched.</summary>
internal static class MatchExplanation
{
    // The unit is what one of the integer sum is worth, boosts included.
    public static Explanation Of(SpladeQuery query, AtomicReader reader, int doc, float unit)
    {
        IReadOnlyList<TermMatch> matches = SpladeExplainer.Matches(reader, doc, query, unit, out int sum);
        int terms = query.Quantized.Terms.Length;
        if (matches.Count == 0) return new ComplexExplanation(match: false, 0, $"none of {terms} query terms");

        var explanation = new ComplexExplanation(match: true, sum * unit,
            $"SPLADE dot product over the field '{query.Field}': {matches.Count} of {terms} query terms match");
        string boost = Boost(query, unit);
        foreach (TermMatch match in matches) explanation.AddDetail(new Explanation(match.Score, Sentence(match) + boost));
        return explanation;
    }

    // All boosts together, so that the factors multiply to the value beside them.
    private static string Boost(SpladeQuery query, float unit)
    {
        float boost = unit / query.Quantized.Unit;
        return boost == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" × boost {boost:0.###}");
    }

    private static string Sentence(TermMatch match) => string.Create(CultureInfo.InvariantCulture,
        $"{match.InWords()}: query weight {match.QueryWeight:0.###} × document weight {match.DocumentWeight:0.###}");
}
