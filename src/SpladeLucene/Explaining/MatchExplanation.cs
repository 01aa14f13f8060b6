using System.Globalization;
using Lucene.Net.Search;

namespace SpladeLucene.Explaining;

/// <summary>Lucene's <see cref="Explanation"/> of a SPLADE score: a sentence, and one for each term that matched.</summary>
internal static class MatchExplanation
{
    /// <param name="field">The field that was searched.</param>
    /// <param name="terms">How many terms the query has.</param>
    /// <param name="matches">Those that the document has; none where it doesn't match.</param>
    /// <param name="score">The document's score.</param>
    /// <param name="boost">All boosts together, so that the factors multiply to the value beside them.</param>
    public static Explanation Of(
        string field, int terms, IReadOnlyList<TermMatch> matches, float score, float boost)
    {
        if (matches.Count == 0) return new ComplexExplanation(match: false, 0, $"none of {terms} query terms");
        var explanation = new ComplexExplanation(match: true, score,
            $"SPLADE dot product over the field '{field}': {matches.Count} of {terms} query terms match");
        string boosted = boost == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" × boost {boost:0.###}");
        foreach (TermMatch match in matches)
            explanation.AddDetail(new Explanation(match.Score, Sentence(match) + boosted));
        return explanation;
    }

    /// <summary>The same of a document that has terms of the query and scores too little.</summary>
    /// <param name="field">The field that was searched.</param>
    /// <param name="matches">The terms that the document has.</param>
    /// <param name="score">What they add up to.</param>
    /// <param name="least">What a hit has at least.</param>
    /// <param name="floor">The floor in words.</param>
    public static Explanation UnderFloor(
        string field, IReadOnlyList<TermMatch> matches, float score, float least, string floor)
    {
        var explanation = new ComplexExplanation(match: false, 0, string.Create(CultureInfo.InvariantCulture,
            $"no hit: a SPLADE dot product of {score:0.###} over the field '{field}' is under the floor, {least:0.###} ({floor})"));
        foreach (TermMatch match in matches) explanation.AddDetail(new Explanation(match.Score, Sentence(match)));
        return explanation;
    }

    private static string Sentence(TermMatch match) => string.Create(CultureInfo.InvariantCulture,
        $"{match.InWords()}: query weight {match.QueryWeight:0.###} × document weight {match.DocumentWeight:0.###}");
}
