using System.Globalization;
using System.Text;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Every posting with its frequency, positions, offsets and payloads, as far as the index has them.</summary>
internal static class PostingListing
{
    /// <summary>The postings of the live documents, by document.</summary>
    public static List<(string Name, string Value)>[] ByDocument(AtomicReader segment, IEnumerable<string> fields)
    {
        var byDocument = new List<(string, string)>[segment.MaxDoc];
        for (int doc = 0; doc < byDocument.Length; doc++) byDocument[doc] = [];
        foreach (string field in fields)
        {
            if (segment.GetTerms(field) is not { } terms) continue;
            foreach ((int doc, string term, string occurrences) in Of(terms, segment.LiveDocs))
                byDocument[doc].Add(($"posting of '{field}' term '{term}'", occurrences));
        }

        return byDocument;
    }

    /// <summary>The postings of one field, of an index or of a term vector, term by term.</summary>
    public static IEnumerable<(int Doc, string Term, string Occurrences)> Of(Terms terms, IBits? live)
    {
        TermsEnum each = terms.GetEnumerator();
        while (each.MoveNext())
        {
            string term = TextOf(each.Term);
            DocsAndPositionsEnum? positions = each.DocsAndPositions(live, null);
            DocsEnum docs = positions ?? each.Docs(live, null);
            for (int doc = docs.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.NextDoc())
                yield return (doc, term, Occurrences(docs, positions));
        }
    }

    /// <summary>Text, with the bytes where they are no text.</summary>
    public static string TextOf(BytesRef term)
    {
        string text = term.Utf8ToString();
        return new BytesRef(text).BytesEquals(term) ? text : term.ToString();
    }

    private static string Occurrences(DocsEnum docs, DocsAndPositionsEnum? positions)
    {
        var text = new StringBuilder();
        int freq = docs.Freq;
        text.Append(CultureInfo.InvariantCulture, $"{freq} times");
        for (int i = 0; positions is not null && i < freq; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $" @{positions.NextPosition()}");
            text.Append(CultureInfo.InvariantCulture, $"({positions.StartOffset}-{positions.EndOffset})");
            if (positions.GetPayload() is { } payload) text.Append(payload);
        }

        return text.ToString();
    }
}
