using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SpladeLucene.Tool.Tests.Support;

/// <summary>What the postings of an index say.</summary>
internal static class ImpactsOf
{
    /// <summary>Every document's impacts, as <c>id: term=impact term=impact</c>, in ordinal order.</summary>
    public static IReadOnlyList<string> Index(string folder, string field)
    {
        using FSDirectory directory = FSDirectory.Open(folder);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        var found = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        for (int doc = 0; doc < reader.MaxDoc; doc++) found.Add(reader.Document(doc).Get("id"), []);
        TermsEnum? terms = MultiFields.GetTerms(reader, field)?.GetEnumerator();
        while (terms is not null && terms.MoveNext())
        {
            string term = terms.Term.Utf8ToString();
            if (SpladeFingerprint.IsReserved(term)) continue;
            foreach ((int doc, int impact) in Postings(terms)) found[reader.Document(doc).Get("id")].Add($"{term}={impact}");
        }

        return [.. found.Select(document => $"{document.Key}: {string.Join(' ', document.Value.Order(StringComparer.Ordinal))}")];
    }

    private static IEnumerable<(int Doc, int Impact)> Postings(TermsEnum terms)
    {
        DocsAndPositionsEnum? positions = terms.DocsAndPositions(liveDocs: null, reuse: null);
        if (positions is null)
        {
            DocsEnum docs = terms.Docs(liveDocs: null, reuse: null);
            while (docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS) yield return (docs.DocID, docs.Freq);
            yield break;
        }

        while (positions.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
        {
            positions.NextPosition();
            BytesRef payload = positions.GetPayload();
            yield return (positions.DocID, payload.Bytes[payload.Offset]);
        }
    }
}
