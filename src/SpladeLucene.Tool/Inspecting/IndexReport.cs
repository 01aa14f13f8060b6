using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Tool.Inspecting;

/// <summary>What an index holds.</summary>
/// <param name="Documents">Live documents.</param>
/// <param name="Deleted">Documents that are marked as deleted and not yet merged away.</param>
/// <param name="Segments">Its segments.</param>
/// <param name="Fields">Its fields, by name.</param>
internal sealed record IndexReport(int Documents, int Deleted, IReadOnlyList<SegmentLine> Segments, IReadOnlyList<FieldLine> Fields)
{
    private const int Heaviest = 10;

    /// <summary>Reads it. Costs a walk over the terms of all fields, and over one posting a document for a SPLADE field.</summary>
    /// <exception cref="InvalidOperationException">A field holds a fingerprint that this version can't read.</exception>
    public static IndexReport Of(DirectoryReader reader, CancellationToken cancellation)
    {
        SegmentLine[] segments = [.. reader.Leaves.Select(leaf => (SegmentReader)leaf.Reader).Select(segment => new SegmentLine(
            segment.SegmentName, segment.NumDocs, segment.NumDeletedDocs, segment.SegmentInfo.GetSizeInBytes()))];
        var fields = new List<FieldLine>();
        foreach (FieldInfo field in MultiFields.GetMergedFieldInfos(reader).OrderBy(each => each.Name, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            fields.Add(Field(reader, field));
        }

        return new IndexReport(reader.NumDocs, reader.NumDeletedDocs, segments, fields);
    }

    private static FieldLine Field(DirectoryReader reader, FieldInfo field)
    {
        Terms? terms = MultiFields.GetTerms(reader, field.Name);
        if (terms is null) return new FieldLine(field.Name, 0, 0, 0, field.HasDocValues ? "doc values" : "stored only", null, 0, []);
        bool isSplade = SpladeFingerprint.Read(reader, field.Name).Count > 0;
        (long count, long postings, TermLine[] heaviest) = Walk(terms);
        string kind = isSplade ? "SPLADE" : field.IndexOptions == IndexOptions.DOCS_ONLY ? "exact" : "words";
        return new FieldLine(field.Name, terms.DocCount, count, postings, kind,
            isSplade ? SpladeCoverage.Of(reader, field.Name) : null, isSplade ? new ImpactCache().EstimateBytes(reader, field.Name) : 0, heaviest);
    }

    private static (long Terms, long Postings, TermLine[] Heaviest) Walk(Terms terms)
    {
        long count = 0, postings = 0;
        var heaviest = new PriorityQueue<string, int>();
        TermsEnum each = terms.GetEnumerator();
        while (each.MoveNext())
        {
            string term = each.Term.Utf8ToString();
            if (SpladeFingerprint.IsReserved(term)) continue;
            count++;
            postings += each.DocFreq;
            if (heaviest.Count == Heaviest && heaviest.TryPeek(out _, out int least) && least >= each.DocFreq) continue;
            heaviest.Enqueue(term, each.DocFreq);
            if (heaviest.Count > Heaviest) heaviest.Dequeue();
        }

        return (count, postings, [.. heaviest.UnorderedItems.OrderByDescending(item => item.Priority)
            .ThenBy(item => item.Element, StringComparer.Ordinal).Select(item => new TermLine(item.Element, item.Priority))]);
    }
}

/// <summary>A segment, with the bytes of its files.</summary>
internal sealed record SegmentLine(string Name, int Documents, int Deleted, long Bytes);

/// <summary>A field.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Documents">Documents with a term in it, those marked as deleted included; -1 where the index doesn't say.</param>
/// <param name="Terms">Its terms.</param>
/// <param name="Postings">The sum of their document frequencies.</param>
/// <param name="Kind">What it is for, in a word.</param>
/// <param name="Coverage">Whose vectors it holds; null where it is no SPLADE field.</param>
/// <param name="ImpactBytes">What a searcher holds of its impacts at most.</param>
/// <param name="Heaviest">The terms with the highest document frequencies.</param>
internal sealed record FieldLine(
    string Name, int Documents, long Terms, long Postings, string Kind, SpladeCoverage? Coverage, long ImpactBytes, IReadOnlyList<TermLine> Heaviest);

/// <summary>A term with its document frequency.</summary>
internal sealed record TermLine(string Term, int Documents);
