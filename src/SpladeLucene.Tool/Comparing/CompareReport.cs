using System.Globalization;
using System.Net;
using System.Text;
using SpladeLucene.Evaluation;
using SpladeLucene.Tool.Evaluating;
using static System.FormattableString;

namespace SpladeLucene.Tool.Comparing;

/// <summary>One page that needs nothing beside it: what each side is worth, what moved, and why.</summary>
internal sealed class CompareReport(CompareRequest request, int documents, string model, IReadOnlyList<ComparedQuery> queries)
{
    // More would make a page that no browser likes; the rest stands in the runs.
    private const int Most = 300, Shown = 5;

    private readonly StringBuilder _page = new();
    private IReadOnlyList<ComparedQuery>? _ordered;
    private Dictionary<string, int>? _numbers;

    /// <summary>What each side is worth; null where nothing is judged.</summary>
    public Dictionary<Side, EvaluatedRun>? Values { get; init; }

    /// <summary>How a side differs from words; null where nothing is judged.</summary>
    public Func<Side, Difference[]>? Differences { get; init; }

    /// <summary>By what sides are measured.</summary>
    public required IReadOnlyList<Measure> Measures { get; init; }

    public string ToHtml()
    {
        using Stream style = typeof(CompareReport).Assembly.GetManifestResourceStream("SpladeLucene.Tool.Comparing.report.css")!;
        using var reader = new StreamReader(style);
        Add($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        Add($"<title>Words and meaning: {Html(request.Index)}</title><style>{reader.ReadToEnd()}</style></head><body>");
        Add($"<header><h1>Words and meaning</h1><p>{queries.Count:N0} queries over {documents:N0} documents of <code>{Html(request.Index)}</code>. ");
        Add($"<b>Words</b>: BM25 over {Html(string.Join(", ", request.Words))}. <b>Meaning</b>: SPLADE over {Html(request.Field)}, model {Html(model)}. ");
        Add($"<b>Fused</b>: both in one ranking.</p></header><main>");
        if (Values is not null) Judged(Values);
        Lists();
        Details();
        return _page.Append("</main></body></html>\n").ToString();
    }

    private void Judged(Dictionary<Side, EvaluatedRun> values)
    {
        Add($"<section><h2>What each is worth</h2><p class=\"muted\">Of {values[Side.Words].Values.Queries.Count:N0} judged queries. nDCG@10: how high ");
        Add($"relevant documents stand among the first ten; MRR@10: one over the first one's rank; R@100: how many of them are among the first hundred. ");
        Add($"Each 0 to 1. In brackets the difference from words with its 95 % interval and the p of a paired randomization test.</p><table><tr><th></th>");
        foreach (Measure measure in Measures) Add($"<th scope=\"col\">{measure}</th>");
        Add($"</tr>");
        foreach ((Side side, EvaluatedRun run) in values)
        {
            Add($"<tr><th scope=\"row\">{Name(side)}</th>");
            Difference[]? differences = side == Side.Words ? null : Differences!(side);
            for (int i = 0; i < Measures.Count; i++)
                Add($"<td><b>{run.Values.Mean(Measures[i]):0.000}</b>{(differences is null ? "" : Said(differences[i]))}</td>");
            Add($"</tr>");
        }

        Add($"</table></section><section><h2>What moved</h2><p class=\"muted\">A line is a relevant document; one that rises came further up. ");
        Add($"Click it to see its query{(queries.Count > Most ? Invariant($", if it is one of the {Most} below") : "")}.</p><div class=\"charts\">{SlopeChart.Of(Ordered(), Most, Side.Words, Side.Meaning)}{SlopeChart.Of(Ordered(), Most, Side.Words, Side.Fused)}</div></section>");
    }

    private static string Said(Difference difference)
    {
        string kind = difference.Mean.Low > 0 ? "better" : difference.Mean.High < 0 ? "worse" : "level";
        return string.Create(CultureInfo.InvariantCulture, $" <small class=\"{kind}\">({difference.Mean.Mean:+0.000;−0.000;0}, "
            + $"{difference.Mean.Low:+0.000;−0.000;0} to {difference.Mean.High:+0.000;−0.000;0}, p {(difference.PValue < 0.001 ? "< 0.001" : difference.PValue.ToString("0.000", CultureInfo.InvariantCulture))})</small>");
    }

    private void Lists()
    {
        ComparedQuery[] judged = [.. Ordered().Where(query => query.Answers.Any())];
        if (judged.Length == 0)
        {
            Add($"<p>Nothing is judged here (--qrels), so the queries stand in the order of how much the rankings differ.</p>");
            return;
        }

        Add($"<section class=\"lists\">");
        List("Where fused is better than words", judged.Where(query => Gain(query) > 0).OrderByDescending(Gain));
        List("Where it is worse", judged.Where(query => Gain(query) < 0).OrderBy(Gain));
        Add($"</section>");
    }

    private void List(string title, IEnumerable<ComparedQuery> found)
    {
        ComparedQuery[] all = [.. found];
        Add($"<div><h2>{title}: {all.Length}</h2><ol>");
        foreach (ComparedQuery query in all)
            Add($"<li>{Linked(query)} <small class=\"{(Gain(query) > 0 ? "better" : "worse")}\">{Gain(query):+0.00;−0.00} nDCG@10</small></li>");
        Add($"</ol></div>");
    }

    private string Linked(ComparedQuery query)
    {
        _numbers ??= Ordered().Take(Most).Select((each, i) => (each, i)).ToDictionary(pair => pair.each.Query.Id, pair => pair.i, StringComparer.Ordinal);
        return _numbers.TryGetValue(query.Query.Id, out int number) ? string.Create(CultureInfo.InvariantCulture, $"<a href=\"#q{number}\">{Html(query.Query.Text)}</a>")
            : Html(query.Query.Text);
    }

    private void Details()
    {
        Add($"<section><h2>Query by query</h2>");
        if (queries.Count > Most) Add($"<p>The {Most} whose rankings differ most; all {queries.Count:N0} are counted and drawn above, and --runs writes them all.</p>");
        IReadOnlyList<ComparedQuery> detailed = Ordered();
        for (int i = 0; i < Math.Min(Most, detailed.Count); i++)
        {
            ComparedQuery query = detailed[i];
            Add($"<article id=\"q{i}\"><h3>{Html(query.Query.Text)}</h3><p class=\"muted\">{query.InCommon(Side.Words, Side.Meaning)} of the first ten in common</p><div class=\"columns\">");
            foreach (Side side in query.Hits.Keys) Column(query, side);
            Add($"</div>");
            if (query.Reasons.Count > 0)
                Add($"<p class=\"why\">Why meaning's first: {string.Join("; ", query.Reasons.Select(Html))}.</p>");
            Add($"</article>");
        }

        Add($"</section>");
    }

    private void Column(ComparedQuery query, Side side)
    {
        bool judged = query.Answers.Any();
        Add($"<div><h4>{Name(side)}{(judged ? string.Create(CultureInfo.InvariantCulture, $" <small>{query.Worth(side):0.00}</small>") : "")}</h4><ol>");
        foreach (ComparedHit hit in query.Hits[side].Take(Shown))
        {
            bool relevant = query.Grades.GetValueOrDefault(hit.Id) > 0;
            Add($"<li{(relevant ? " class=\"relevant\"" : "")}>{Html(hit.Title)}{(relevant ? " <b>✓ relevant</b>" : "")}</li>");
        }

        Add($"</ol>{(query.Hits[side].Count == 0 ? "<p class=\"muted\">Nothing is found.</p>" : "")}</div>");
    }

    private IReadOnlyList<ComparedQuery> Ordered() => _ordered ??= [.. queries.OrderByDescending(query => Math.Abs(Gain(query)))
        .ThenBy(query => query.InCommon(Side.Words, Side.Meaning))];

    private static double Gain(ComparedQuery query) => query.Worth(Side.Fused) - query.Worth(Side.Words);

    private static string Name(Side side) => side.ToString().ToLowerInvariant();

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private void Add(FormattableString html) => _page.Append(html.ToString(CultureInfo.InvariantCulture));
}
