using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>
/// All that an index holds of each live document: stored values, norms, doc values, term vectors, and every posting with
/// what it has. Documents are numbered from 0 as if the deleted ones had never been.
/// </summary>
internal static class DocumentListing
{
    public static IEnumerable<Fact> Of(IndexReader reader, IReadOnlyCollection<string> leaveOut)
    {
        int next = 0;
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            AtomicReader segment = leaf.AtomicReader;
            string[] fields = [.. segment.FieldInfos.Select(info => info.Name).Except(leaveOut).Order(StringComparer.Ordinal)];
            List<(string Name, string Value)>[] postings = PostingListing.ByDocument(segment, fields);
            IBits? live = segment.LiveDocs;
            for (int doc = 0; doc < segment.MaxDoc; doc++)
            {
                if (live is not null && !live.Get(doc)) continue;
                string subject = $"document {next++}";
                yield return new Fact(subject, "presence", "yes");
                foreach ((string name, string value) in FactsOf(segment, doc, fields, leaveOut).Concat(postings[doc]))
                    yield return new Fact(subject, name, value);
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> FactsOf(
        AtomicReader segment, int doc, string[] fields, IReadOnlyCollection<string> leaveOut)
    {
        var stored = new StoredListing(leaveOut);
        segment.Document(doc, stored);
        return stored.Facts
            .Concat(fields.SelectMany(field => ColumnListing.Of(segment, doc, field)))
            .Concat(VectorListing.Of(segment, doc, fields));
    }
}
