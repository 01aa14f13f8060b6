namespace SideBySide.Web;

/// <summary>What the page is about.</summary>
/// <param name="About">What it says of itself, and of the kinds of its queries.</param>
internal sealed record StartAnswer(string Collection, CollectionAbout About, IndexSize Size, IReadOnlyList<PageModel> Models,
    IReadOnlyList<PageQuery> Queries, IReadOnlyList<string> Documents);

/// <summary>A model with what it was calibrated with.</summary>
internal sealed record PageModel(string Name, double Fusion, double Floor, double Expansion, double Idf);

internal sealed record PageQuery(string Text, string Kind);

/// <summary>The document of a name, or a sentence that says why there is none. That is an answer and no fault of who asks.</summary>
internal sealed record DocumentAnswer(string? Id, string? Problem);

/// <summary>The first of each ranking. <c>Beside</c> is another model's meaning; null where none was asked for.</summary>
internal sealed record SearchAnswer(string Query, bool Judged, string Kind, IReadOnlyList<PageHit> Words,
    IReadOnlyList<PageHit> Meaning, IReadOnlyList<PageHit> Fused, IReadOnlyList<PageHit>? Beside, IReadOnlyList<PageTerm> Expansion,
    IReadOnlyList<string> Notices, int WordsTotal, int MeaningTotal, double Strength, Times Times);

/// <summary>A hit with its ranks in all three rankings, null beyond the hundredth, and its heaviest reasons.</summary>
internal sealed record PageHit(string Id, string Title, string Text, float Score, bool Relevant, int? WordsRank,
    int? MeaningRank, int? FusedRank, IReadOnlyList<PageReason> Reasons);

/// <summary>A term of the query's vector and the query's word that it comes from.</summary>
internal sealed record PageTerm(string Term, float Weight, bool Typed, string? Word);

internal sealed record PageReason(
    string? Query, IReadOnlyList<string> Terms, string? Document, string Kind, float Score, string InWords)
{
    public static PageReason Of(Reason reason) =>
        new(reason.Query, reason.Terms, reason.Document, reason.Kind, reason.Score, reason.InWords());
}

/// <summary>Why a document stands where it does, in each ranking.</summary>
internal sealed record WhyAnswer(string Id, string Title, bool Judged, bool Relevant, IReadOnlyList<MarkedWord> Text,
    PageSide Words, PageSide Meaning, PageSide Fused, Shares Shares, QueryFloor Floor);

/// <summary>A document in one ranking: its rank, null beyond those that are looked through, and why in a sentence.</summary>
internal sealed record PageSide(int? Rank, float Score, string Verdict, IReadOnlyList<PageReason> Reasons);

/// <summary>What the rankings are worth on the judged queries, and what the settings that were changed change.</summary>
/// <param name="Examples">Queries where the rankings differ most, both ways.</param>
internal sealed record MeasureAnswer(int Queries, PageMeasure Words, PageMeasure Meaning, PageMeasure Fused,
    PageWeakness Weakness, IReadOnlyList<PageKind> Kinds, IReadOnlyList<PageExample> Examples,
    PageChange MeaningOverWords, PageChange FusedOverWords, IReadOnlyDictionary<string, PageEffect> Effects);

/// <summary>By which strength a best hit is taken for weak, and how far that can be relied on.</summary>
/// <param name="UsualStrength">What 95 % of the right best hits by meaning have at least, as a <see cref="Found.Strength"/>.</param>
/// <param name="Wrong">How many judged queries have a best hit that isn't right.</param>
/// <param name="Noticed">How many of those have less.</param>
internal sealed record PageWeakness(double UsualStrength, int Wrong, int Noticed);

/// <summary>What the rankings are worth on one kind of judged query: a mean over all hides how much hangs on their mixture.</summary>
internal sealed record PageKind(string Kind, int Queries, double Words, double Meaning, double Fused);

/// <summary>A query and what meaning gains on it.</summary>
internal sealed record PageExample(string Query, double Gain);

internal sealed record PageMeasure(double Ndcg, double Mrr, double Recall);

/// <summary>A mean difference of nDCG@10 with its 95 % interval; significant where that leaves 0 out.</summary>
internal sealed record PageChange(double Mean, double Low, double High, bool Significant);

/// <summary>What one control's value changes against the model's own value of it, all others staying as they are.</summary>
internal sealed record PageEffect(PageChange Meaning, PageChange Fused);

/// <summary>A judged query in the view of the whole collection, and how many documents each side found.</summary>
internal sealed record PageJudged(
    string Query, string Kind, double Words, double Meaning, double Fused, IReadOnlyList<JudgedAnswer> Answers,
    int WordsTotal, int MeaningTotal);
