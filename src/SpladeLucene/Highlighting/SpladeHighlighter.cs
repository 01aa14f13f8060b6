using Lucene.Net.Index;
using SpladeLucene.Explaining;
using SpladeLucene.Highlighting;

namespace SpladeLucene;

/// <summary>
/// Cuts pieces with the words that made a document match out of its stored texts, expansions included: by the spans that the
/// index holds, not by looking for the query's words. Needs a field with offsets and its sources stored. Thread-safe; a
/// document costs a look-up of each term of the query, another of those that it has, for their spans, and its stored source fields.
/// </summary>
/// <example><code>
/// SpladeHighlight why = new SpladeHighlighter().Highlight(reader, hit.Doc, query);
/// string snippet = string.Join(" … ", why.Fragments.Select(fragment => fragment.Marked()));
/// </code></example>
/// <param name="options">Default: words with 0.3 of the strongest one's part in the score, two fragments of 120 units.</param>
public sealed class SpladeHighlighter(SpladeHighlighterOptions? options = null)
{
    private readonly SpladeHighlighterOptions _options = options ?? new SpladeHighlighterOptions();

    /// <summary>The fragments of one document.</summary>
    /// <param name="reader">The index that was searched.</param>
    /// <param name="doc">A document of <paramref name="reader"/>, as in a <c>ScoreDoc</c>.</param>
    /// <param name="query">The query; its <see cref="SpladeQuery.SourceFields"/> name the stored texts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index has no such document.</exception>
    public SpladeHighlight Highlight(IndexReader reader, int doc, SpladeQuery query)
    {
        DocumentMatches found = SpladeExplainer.Find(reader, doc, query, withSpans: true);
        if (found.Matches.Count == 0) return Without(HighlightStatus.NoMatch);
        MarkedWord[] words = MarkedWord.Of(found.Matches, _options.LeastShare);
        if (words.Length == 0) return Without(found.HasSpans ? HighlightStatus.NoText : HighlightStatus.NoSpans);

        HighlightFragment[] fragments = [.. found.Texts.Values
            .SelectMany(text => FragmentCutter.Cut(
                text, [.. words.Where(word => word.IsIn(text))], _options.FragmentLength))
            .OrderByDescending(fragment => fragment.Score).Take(_options.MaxFragments)];
        return new SpladeHighlight(HighlightStatus.Found, fragments);
    }

    private static SpladeHighlight Without(HighlightStatus status) => new(status, []);
}
