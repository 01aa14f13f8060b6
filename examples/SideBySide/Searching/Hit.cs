namespace SideBySide;

/// <summary>A document that a query found.</summary>
internal readonly record struct Hit(int Doc, string Id, float Score);

/// <summary>The three rankings of a query, the best first, and how many documents each side found in all.</summary>
/// <param name="Strength">What the best hit by meaning scores, as a share of the sum of the query's weights: as they grow with the
/// query, scores of two queries can't be compared, and this can. 0 where nothing is found.</param>
internal sealed record Found(IReadOnlyList<Hit> Words, IReadOnlyList<Hit> Meaning, IReadOnlyList<Hit> Fused,
    int WordsTotal, int MeaningTotal, double Strength, Times Times);

/// <summary>What each step of a search took, in milliseconds.</summary>
internal sealed record Times(double Words, double Encoding, double Meaning, double Fused);

/// <summary>What an index holds.</summary>
/// <param name="Documents">How many documents.</param>
/// <param name="Bytes">All its files together.</param>
/// <param name="WordsPostings">Pairs of a word and a document.</param>
/// <param name="MeaningPostings">Pairs of a term of the first model and a document.</param>
/// <param name="ImpactBytes">What the impacts that were searched take up in memory.</param>
internal sealed record IndexSize(int Documents, long Bytes, long WordsPostings, long MeaningPostings, long ImpactBytes);
