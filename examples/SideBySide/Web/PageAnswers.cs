using System.Diagnostics;
using SpladeLucene;
using SpladeLucene.Evaluation;

namespace SideBySide.Web;

/// <summary>What the page asks for. Thread-safe: it only reads.</summary>
internal sealed class PageAnswers(TwoRankings rankings, TestCollection set)
{
    private const int Depth = 100, Shown = 10;

    private readonly Dictionary<string, string> _judged = Slice.Of("all", set).Queries
        .GroupBy(query => query.Text, StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => same.First().Id, StringComparer.Ordinal);

    /// <summary>The judged queries.</summary>
    public IReadOnlyCollection<string> Queries => _judged.Keys;

    /// <summary>The first ten of each ranking, and the query's own expansion.</summary>
    public SearchAnswer Search(string text)
    {
        var clock = Stopwatch.StartNew();
        IReadOnlyList<Hit> bm25 = rankings.SearchBm25(text, Depth);
        double bm25Time = clock.Elapsed.TotalMilliseconds;
        IReadOnlyList<Hit> splade = rankings.SearchSplade(text, Depth);
        double spladeTime = clock.Elapsed.TotalMilliseconds - bm25Time;
        Dictionary<string, Hit> words = bm25.ToDictionary(hit => hit.Id, StringComparer.Ordinal);
        Dictionary<string, Hit> meaning = splade.ToDictionary(hit => hit.Id, StringComparer.Ordinal);
        IReadOnlyDictionary<string, int>? grades = _judged.TryGetValue(text, out string? id) ? set.Qrels.Of(id) : null;
        return new SearchAnswer(text, grades is not null, Rows(bm25.Select(hit => hit.Id)),
            Rows(splade.Select(hit => hit.Id)), Rows(TwoRankings.Fuse(bm25, splade)), Expansion(text), rankings.Notices(text), bm25Time,
            spladeTime);

        PageHit[] Rows(IEnumerable<string> ids) => [.. ids.Take(Shown).Select(Row)];

        PageHit Row(string document)
        {
            Hit? byWords = words.TryGetValue(document, out Hit found) ? found : null;
            Hit? byMeaning = meaning.TryGetValue(document, out found) ? found : null;
            string body = rankings.Body((byWords ?? byMeaning)!.Value);
            return new PageHit(document, body, byWords?.Score, byMeaning?.Score, grades?.GetValueOrDefault(document) > 0);
        }
    }

    /// <summary>Why a document has its scores.</summary>
    /// <exception cref="ArgumentException">The collection has no such document.</exception>
    public WhyAnswer Why(string text, string id)
    {
        Hit hit = rankings.Find(id) ?? throw new ArgumentException($"The collection has no document '{id}'.");
        string body = rankings.Body(hit);
        IReadOnlyList<TermMatch> matches = rankings.Explain(text, hit);
        PageReason[] meaning = [.. matches.Select(match => new PageReason(
            match.Term, match.QuerySource?.Word, match.DocumentSource?.Word, match.IsExpansion, match.Score))];
        PageReason[] words = [.. rankings.ExplainBm25(text, hit)
            .Select(word => new PageReason(word.Words, null, null, false, word.Score))];
        return new WhyAnswer(id, MarkedWords.Split(body, matches), words, meaning);
    }

    private PageTerm[] Expansion(string text) =>
        [.. rankings.EncodedQuery(text).Vector.OrderByDescending(term => term.Weight).Take(30)
            .Select(term => new PageTerm(term.Term, term.Weight, MarkedWords.Says(text, term)))];
}

internal sealed record SearchAnswer(string Query, bool Judged, PageHit[] Words, PageHit[] Meaning, PageHit[] Fused,
    PageTerm[] Expansion, IReadOnlyList<string> Notices, double WordsMilliseconds, double MeaningMilliseconds);

internal sealed record PageHit(string Id, string Text, float? Bm25, float? Splade, bool Relevant);

internal sealed record PageTerm(string Term, float Weight, bool Typed);

internal sealed record WhyAnswer(string Id, MarkedWord[] Text, PageReason[] Words, PageReason[] Meaning);

internal sealed record PageReason(string Term, string? Query, string? Document, bool Expansion, float Score);
