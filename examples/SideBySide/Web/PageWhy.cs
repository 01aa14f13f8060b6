using System.Globalization;
using SpladeLucene;

namespace SideBySide.Web;

/// <summary>Why a document stands where it does, or doesn't stand at all.</summary>
internal sealed class PageWhy(Rankings rankings)
{
    // Who asks why a document isn't there wants to know whether it stands just behind or nowhere near.
    private const int Depth = 1_000, ShownLacking = 4, Heaviest = 8, FirstPage = 10;

    /// <exception cref="ArgumentException">The collection has no such document.</exception>
    public WhyAnswer Explain(string text, string id, RankingSettings settings, IReadOnlyDictionary<string, int>? grades)
    {
        Hit hit = rankings.Find(id) ?? throw new ArgumentException($"The collection has no document '{id}'.");
        string body = rankings.Body(hit);
        Found found = rankings.Search(text, settings, Depth, anew: false);
        var ranks = new Ranks(found);
        SpladeQuery query = rankings.Query(text, settings);
        IReadOnlyList<TermMatch> matches = rankings.Explain(query, hit);
        IReadOnlyList<Reason> meaning = Reasons.OfMeaning(matches);
        IReadOnlyList<(string Term, float Score)> terms = rankings.ExplainWords(text, hit);
        QueryFloor floor = rankings.FloorOf(query);
        return new WhyAnswer(id, Rankings.TitleOf(body), grades is not null, grades?.GetValueOrDefault(id) > 0,
            MarkedWords.Split(body, [.. Typed(body, terms), .. Sources(matches, meaning)]),
            Words(text, body, terms, found, ranks.Words(hit)), Meaning(query, matches, meaning, found, ranks.Meaning(hit), floor),
            Fused(hit, found, ranks), Reasons.SharesOf(meaning), floor);
    }

    private static PageSide Words(
        string text, string body, IReadOnlyList<(string Term, float Score)> terms, Found found, int? rank)
    {
        IReadOnlyList<Reason> reasons = Reasons.OfWords(text, body, terms);
        HashSet<string> has = [.. terms.Select(term => term.Term)];
        string[] lacking = [.. WordsQuery.Read(text).Where(word => !has.Contains(word.Term))
            .Select(word => text[word.Word.Start..word.Word.End]).Distinct(StringComparer.OrdinalIgnoreCase)];
        string lacks = lacking.Length == 0 ? "" : $" It lacks {Quoted(lacking)}.";
        float score = terms.Sum(term => term.Score);
        string verdict = has.Count == 0 ? "None of the query's words stands in it, in any form." : Place(rank, score, found.Words) + lacks;
        return new PageSide(rank, score, verdict, [.. reasons.Select(PageReason.Of)]);
    }

    private static PageSide Meaning(SpladeQuery query, IReadOnlyList<TermMatch> matches, IReadOnlyList<Reason> reasons,
        Found found, int? rank, QueryFloor floor)
    {
        float score = matches.Sum(match => match.Score);
        string[] lacking = rank <= FirstPage ? [] : Lacking(query, matches);
        string lacks = lacking.Length == 0 ? "" : $" Of the query's heaviest terms it lacks {Quoted(lacking)}.";
        string verdict = matches.Count == 0 ? "It shares no term with the query, typed or expanded."
            : score < floor.Least ? string.Create(CultureInfo.InvariantCulture,
                $"It scores {score:0.00}, under the floor of {floor.Least:0.00} ({floor.InWords}).") + lacks
            : Place(rank, score, found.Meaning) + lacks;
        return new PageSide(rank, score, verdict, [.. reasons.Select(PageReason.Of)]);
    }

    // By words and not by terms: who says "workers" doesn't lack "worker".
    private static string[] Lacking(SpladeQuery query, IReadOnlyList<TermMatch> matches)
    {
        HashSet<string> has = [.. matches.Select(match => match.Term)];
        string[] said = [.. matches.Select(match => TermText.Readable(match.Term))
            .Concat(matches.Select(match => match.DocumentSource?.Word).OfType<string>()).Distinct(StringComparer.OrdinalIgnoreCase)];
        return [.. query.Vector.OrderByDescending(term => term.Weight).Take(Heaviest).Where(term => !has.Contains(term.Term))
            .Select(term => WordForms.Says(query.Text!, term) ? WordForms.WordOf(query.Text!, term.Span)! : TermText.Shown(term.Term))
            .Where(word => !said.Any(one => WordForms.AreOneWord(one, word)))
            .DistinctBy(WordForms.StemOf, StringComparer.Ordinal)];
    }

    private static PageSide Fused(Hit hit, Found found, Ranks ranks)
    {
        int? rank = ranks.Fused(hit);
        float score = rank is { } at ? found.Fused[at - 1].Score : 0;
        string verdict = rank is null && ranks.Words(hit) is null && ranks.Meaning(hit) is null
            ? "Neither side found it." : Place(rank, score, found.Fused);
        return new PageSide(rank, score, verdict, []);
    }

    private static string Place(int? rank, float score, IReadOnlyList<Hit> hits)
    {
        if (rank is null) return $"It stands behind the first {Depth:#,0}.";
        string place = string.Create(CultureInfo.InvariantCulture, $"Rank {rank}, with a score of {score:0.00}");
        return rank <= FirstPage || hits.Count < FirstPage ? place + "."
            : place + string.Create(CultureInfo.InvariantCulture, $"; the tenth has {hits[FirstPage - 1].Score:0.00}.");
    }

    private static string Quoted(string[] words) => string.Join(", ", words.Take(ShownLacking).Select(word => $"“{word}”"))
        + (words.Length > ShownLacking ? $" and {words.Length - ShownLacking} more" : "");

    private static IEnumerable<(SourceSpan Span, bool Typed)> Typed(string body, IReadOnlyList<(string Term, float Score)> terms)
    {
        HashSet<string> has = [.. terms.Select(term => term.Term)];
        return WordsQuery.Read(body).Where(word => has.Contains(word.Term)).Select(word => (word.Word, true));
    }

    private static IEnumerable<(SourceSpan Span, bool Typed)> Sources(IReadOnlyList<TermMatch> matches, IReadOnlyList<Reason> reasons)
    {
        // What is faint is not worth a reader's eye.
        ILookup<string?, string> kinds = reasons.ToLookup(
            reason => reason.Document?.ToLowerInvariant(), reason => reason.Kind, StringComparer.Ordinal);
        foreach (TermSource source in matches.Select(match => match.DocumentSource).OfType<TermSource>())
        {
            string[] kind = [.. kinds[source.Word.ToLowerInvariant()]];
            if (kind.Any(one => one != Reasons.Faint)) yield return (source.Span, kind.Contains(Reasons.Typed, StringComparer.Ordinal));
        }
    }
}
