using Lucene.Net.Index;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>The term vectors of a document.</summary>
internal static class VectorListing
{
    public static IEnumerable<(string Name, string Value)> Of(AtomicReader segment, int doc, IReadOnlyCollection<string> fields)
    {
        if (segment.GetTermVectors(doc) is not { } vectors) yield break;
        foreach (string field in vectors.Where(fields.Contains).Order(StringComparer.Ordinal))
        {
            Terms terms = vectors.GetTerms(field);
            yield return ($"term vector of '{field}'", TermsFlags.Of(terms));
            foreach ((_, string term, string occurrences) in PostingListing.Of(terms, live: null))
                yield return ($"term vector of '{field}' term '{term}'", occurrences);
        }
    }
}

/// <summary>What a field's postings have.</summary>
internal static class TermsFlags
{
    public static string Of(Terms terms) =>
        string.Join(' ', Named(terms).Where(flag => flag.Has).Select(flag => flag.Name));

    private static (string Name, bool Has)[] Named(Terms terms) =>
    [
        ("positions", terms.HasPositions), ("offsets", terms.HasOffsets), ("payloads", terms.HasPayloads),
    ];
}
