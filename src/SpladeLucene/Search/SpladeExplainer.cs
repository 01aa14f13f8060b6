using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Explaining;
using SpladeLucene.Postings;

namespace SpladeLucene;

/// <summary>Says which query terms a document has and which words of both texts brought them there.</summary>
public static class SpladeExplainer
{
    /// <summary>The terms that make <paramref name="doc"/> match, the one that adds most to the score first.</summary>
    /// <param name="reader">The index that was searched.</param>
    /// <param name="doc">A document of <paramref name="reader"/>, as in a <c>ScoreDoc</c>.</param>
    /// <param name="query">The query. Its <see cref="SpladeQuery.SourceFields"/> name the stored texts.</param>
    /// <remarks>
    /// Where the stored texts can't be those that the vector was made of, as a source field isn't stored or isn't named, no
    /// word of the document is given: a matched span outside of them, or one that tears two words, tells.
    /// </remarks>
    /// <returns>Empty where the document has no term of the query or is deleted. A floor hides nothing here: what is under it
    /// can be explained too.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index has no such document.</exception>
    public static IReadOnlyList<TermMatch> Matches(IndexReader reader, int doc, SpladeQuery query) =>
        Find(reader, doc, query, withSpans: false).Matches;

    /// <summary>The same with what it was found in.</summary>
    internal static DocumentMatches Find(IndexReader reader, int doc, SpladeQuery query, bool withSpans)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(doc);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(doc, reader.MaxDoc);
        AtomicReaderContext leaf = reader.Leaves.Last(leaf => leaf.DocBase <= doc);
        return Find(leaf.AtomicReader, doc - leaf.DocBase, query, query.Quantized.Unit * query.Boost, withSpans);
    }

    /// <param name="reader">The segment.</param>
    /// <param name="doc">A document of the segment.</param>
    /// <param name="query">The query.</param>
    /// <param name="unit">What one unit of the integer sum is worth, boosts included.</param>
    /// <param name="withSpans">Whether spans are looked for also where no text is stored.</param>
    internal static DocumentMatches Find(AtomicReader reader, int doc, SpladeQuery query, float unit, bool withSpans)
    {
        SourceTexts texts = SourceTexts.Read(reader, doc, query.SourceFields);
        List<(QuantizedTerm Term, int Impact, SourceSpan? Span)> found = Read(reader, doc, query, withSpans || texts.Values.Count > 0);
        int sum = found.Sum(each => each.Term.Weight * each.Impact);
        SourceSpan[] spans = [.. found.Select(each => each.Span).OfType<SourceSpan>().Where(span => span.Length > 0)];
        bool fit = texts.Fit(spans);
        IEnumerable<TermMatch> matches = found.Select(each => Describe(query, each.Term, each.Impact, unit,
            fit ? TermSource.Find(each.Term.Term, each.Span, texts) : null));
        return new DocumentMatches([.. matches.OrderByDescending(match => match.Score)], sum, texts, spans.Length > 0);
    }

    /// <summary>The terms that a live document has; their spans where there are any and they are wanted.</summary>
    private static List<(QuantizedTerm Term, int Impact, SourceSpan? Span)> Read(
        AtomicReader reader, int doc, SpladeQuery query, bool spans)
    {
        var found = new List<(QuantizedTerm, int, SourceSpan?)>();
        QueryTerm[] terms = QueryTerm.Of(query.Quantized.Terms);
        if (terms.Length == 0 || reader.LiveDocs?.Get(doc) == false) return found;
        if (ImpactReader.Open(reader, query.Field) is not { } impacts) return found;
        spans &= impacts.HasSpans;
        TermsEnum each = impacts.Terms();
        foreach (QueryTerm term in terms)
        {
            if (!each.SeekExact(term.Bytes)) continue;
            SpannedPostings postings = impacts.SpannedPostings(each, spans);
            if (postings.Advance(doc) != doc) continue;
            (int impact, SourceSpan span) = postings.Read();
            found.Add((term.Term, impact, spans ? span : null));
        }

        return found;
    }

    /// <summary>Lucene's own form of the same, as a searcher gives it.</summary>
    internal static Explanation Explain(AtomicReader reader, int doc, SpladeQuery query, float unit, int leastSum)
    {
        (IReadOnlyList<TermMatch> matches, int sum, _, _) = Find(reader, doc, query, unit, withSpans: false);
        if (sum > 0 && sum < leastSum)
            return MatchExplanation.UnderFloor(query.Field, matches, sum * unit, leastSum * unit, query.Floor.ToString());
        return MatchExplanation.Of(
            query.Field, query.Quantized.Terms.Length, sum == 0 ? [] : matches, sum * unit, unit / query.Quantized.Unit);
    }

    private static TermMatch Describe(
        SpladeQuery query, QuantizedTerm term, int impact, float unit, TermSource? documentSource)
    {
        SparseTerm weighted = query.Vector[query.Vector.IndexOf(term.Term)];
        TermSource? querySource = TermSource.Find(term.Term, weighted.Span, query.Text);
        return new TermMatch(term.Term, weighted.Weight, query.Quantizer.Dequantize(impact),
            term.Weight * impact * unit, querySource, documentSource);
    }
}

/// <summary>What of a query a document has.</summary>
/// <param name="Matches">The terms, the one that adds most to the score first.</param>
/// <param name="Sum">The integer that the document scores.</param>
/// <param name="Texts">The stored texts.</param>
/// <param name="HasSpans">Whether a term was found with the words that it came from.</param>
internal readonly record struct DocumentMatches(IReadOnlyList<TermMatch> Matches, int Sum, SourceTexts Texts, bool HasSpans);
