using SpladeLucene;
using SpladeLucene.Evaluation;

namespace SideBySide.Web;

/// <summary>What the page asks for. Thread-safe.</summary>
internal sealed class PageAnswers(Rankings rankings, JudgedRun judged, TestCollection set)
{
    private const int Depth = 100, Shown = 10, ShownReasons = 3, ShownTerms = 40, MostTitles = 2_000, LongestText = 280;

    private readonly CollectionAbout _about = CollectionAbout.Read(set.Folder);

    private readonly DocumentNames _names = new(rankings);

    private readonly Dictionary<string, CollectionQuery> _judged = judged.Queries
        .GroupBy(query => query.Text, StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);

    public Rankings Rankings { get; } = rankings;

    public PageMeasures Measures { get; } = new(judged);

    /// <summary>What there is to see.</summary>
    public StartAnswer Start() => new(
        Path.GetFileName(set.Folder), _about, Rankings.Size(),
        [.. Rankings.Models.Select(RankingSettings.Of)
            .Select(own => new PageModel(own.Model.Name, own.Fusion, own.Floor, own.Expansion, own.Idf))],
        [.. _judged.Values.Select(query => new PageQuery(query.Text, query.Metadata.GetValueOrDefault("kind", "")))],
        [.. Rankings.Titles(MostTitles).Select(document => DocumentNames.Suggestion(document.Title, document.Id))]);

    /// <summary>The first ten of each ranking, and the query's own expansion.</summary>
    public SearchAnswer Search(string text, RankingSettings settings, SpladeModel? beside)
    {
        Found found = Rankings.Search(text, settings, Depth);
        SpladeQuery query = Rankings.Query(text, settings);
        CollectionQuery? known = _judged.GetValueOrDefault(text);
        IReadOnlyDictionary<string, int>? grades = known is null ? null : set.Qrels.Of(known.Id);
        var ranks = new Ranks(found);
        return new SearchAnswer(text, grades is not null, known?.Metadata.GetValueOrDefault("kind", "") ?? "",
            Rows(found.Words, WhyByWords), Rows(found.Meaning, hit => WhyByMeaning(query, hit)), Rows(found.Fused, WhyByBoth),
            beside is null ? null : Beside(text, beside, Rows), Expansion(text, query),
            QueryNotices.Of(text, query, settings, Rankings), found.WordsTotal, found.MeaningTotal, found.Strength, found.Times);

        PageHit[] Rows(IReadOnlyList<Hit> hits, Func<Hit, IEnumerable<Reason>> why) =>
            [.. hits.Take(Shown).Select(hit => Row(hit, ranks, grades?.GetValueOrDefault(hit.Id) > 0, why(hit)))];

        IEnumerable<Reason> WhyByWords(Hit hit) =>
            Reasons.OfWords(text, Rankings.Body(hit), Rankings.ExplainWords(text, hit));

        // What stands in both lists has its reasons there; of what only one side found, that side's.
        IEnumerable<Reason> WhyByBoth(Hit hit) =>
            ranks.Meaning(hit) is not null ? WhyByMeaning(query, hit) : WhyByWords(hit);
    }

    /// <summary>The document of a name that somebody typed.</summary>
    public DocumentAnswer Document(string name)
    {
        (string? id, string? problem) = _names.Find(name);
        return new DocumentAnswer(id, problem);
    }

    /// <summary>Why a document stands where it does, or doesn't.</summary>
    /// <exception cref="ArgumentException">The collection has no such document.</exception>
    public WhyAnswer Why(string text, string id, RankingSettings settings) => new PageWhy(Rankings).Explain(
        text, id, settings, _judged.TryGetValue(text, out CollectionQuery? known) ? set.Qrels.Of(known.Id) : null);

    private IReadOnlyList<Reason> WhyByMeaning(SpladeQuery query, Hit hit) => Reasons.OfMeaning(Rankings.Explain(query, hit));

    private PageHit[] Beside(string text, SpladeModel model,
        Func<IReadOnlyList<Hit>, Func<Hit, IEnumerable<Reason>>, PageHit[]> rows)
    {
        SpladeQuery query = Rankings.Query(text, RankingSettings.Of(model));
        return rows(Rankings.Meaning(query, Shown), hit => WhyByMeaning(query, hit));
    }

    private PageHit Row(Hit hit, Ranks ranks, bool relevant, IEnumerable<Reason> reasons)
    {
        string body = Rankings.Body(hit), title = Rankings.TitleOf(body), text = body[title.Length..].Trim();
        return new PageHit(hit.Id, title, text.Length <= LongestText ? text : text[..LastBlank(text)] + " …", hit.Score, relevant,
            ranks.Words(hit), ranks.Meaning(hit), ranks.Fused(hit),
            [.. reasons.Where(reason => reason.Kind != Reasons.Faint).Take(ShownReasons).Select(PageReason.Of)]);
    }

    private static int LastBlank(string text) => text.LastIndexOf(' ', LongestText) is var at and > 0 ? at : LongestText;

    private static PageTerm[] Expansion(string text, SpladeQuery query) =>
        [.. query.Vector.OrderByDescending(term => term.Weight).Take(ShownTerms).Select(term => new PageTerm(
            TermText.Shown(term.Term), term.Weight, WordForms.Says(text, term), WordForms.WordOf(text, term.Span)))];
}

/// <summary>Where a document stands in each ranking.</summary>
internal sealed class Ranks(Found found)
{
    private readonly Dictionary<int, int> _words = Of(found.Words), _meaning = Of(found.Meaning), _fused = Of(found.Fused);

    public int? Words(Hit hit) => Rank(_words, hit);

    public int? Meaning(Hit hit) => Rank(_meaning, hit);

    public int? Fused(Hit hit) => Rank(_fused, hit);

    private static Dictionary<int, int> Of(IReadOnlyList<Hit> hits) =>
        hits.Select((hit, at) => (hit.Doc, at + 1)).ToDictionary(rank => rank.Doc, rank => rank.Item2);

    private static int? Rank(Dictionary<int, int> ranks, Hit hit) => ranks.TryGetValue(hit.Doc, out int rank) ? rank : null;
}
