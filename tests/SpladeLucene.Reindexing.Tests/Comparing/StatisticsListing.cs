using Lucene.Net.Index;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>What scores are made of: the statistics of every field and term of a whole index.</summary>
internal static class StatisticsListing
{
    public static IEnumerable<Fact> Of(IndexReader reader, IReadOnlyCollection<string> leaveOut)
    {
        yield return new Fact("the index", "documents", $"{reader.MaxDoc}");
        foreach ((string field, SortedDictionary<string, Counts> terms) in TermsOf(reader, leaveOut))
        {
            if (terms.Count == 0) continue;
            string subject = $"field '{field}'";
            yield return new Fact(subject, "documents", $"{reader.GetDocCount(field)}");
            yield return new Fact(subject, "sum of document frequencies", $"{reader.GetSumDocFreq(field)}");
            yield return new Fact(subject, "sum of total frequencies", $"{reader.GetSumTotalTermFreq(field)}");
            foreach ((string term, Counts counts) in terms)
            {
                yield return new Fact(subject, $"document frequency of '{term}'", $"{counts.Documents}");
                yield return new Fact(subject, $"total frequency of '{term}'", $"{counts.Total}");
            }
        }
    }

    private static SortedDictionary<string, SortedDictionary<string, Counts>> TermsOf(
        IndexReader reader, IReadOnlyCollection<string> leaveOut)
    {
        var fields = new SortedDictionary<string, SortedDictionary<string, Counts>>(StringComparer.Ordinal);
        foreach (AtomicReader segment in reader.Leaves.Select(leaf => leaf.AtomicReader))
        {
            if (segment.Fields is not { } indexed) continue;
            foreach (string field in indexed.Except(leaveOut))
            {
                if (!fields.TryGetValue(field, out var terms)) fields.Add(field, terms = new(StringComparer.Ordinal));
                if (segment.GetTerms(field) is { } found) Count(found, terms);
            }
        }

        return fields;
    }

    private static void Count(Terms source, SortedDictionary<string, Counts> terms)
    {
        TermsEnum each = source.GetEnumerator();
        while (each.MoveNext())
        {
            string term = PostingListing.TextOf(each.Term);
            Counts before = terms.GetValueOrDefault(term);
            terms[term] = new Counts(before.Documents + each.DocFreq, before.Total + each.TotalTermFreq);
        }
    }

    private readonly record struct Counts(long Documents, long Total);
}
