using Lucene.Net.Index;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>What each segment that has live documents says of its fields.</summary>
internal static class SegmentListing
{
    public static IEnumerable<Fact> Of(IndexReader reader, IReadOnlyCollection<string> leaveOut)
    {
        int next = 0;
        foreach (AtomicReader segment in reader.Leaves.Select(leaf => leaf.AtomicReader).Where(leaf => leaf.NumDocs > 0))
        {
            string subject = $"segment {next++}";
            yield return new Fact(subject, "live documents", $"{segment.NumDocs}");
            foreach (FieldInfo info in segment.FieldInfos.Where(info => !leaveOut.Contains(info.Name)))
                yield return new Fact(subject, $"field '{info.Name}'", Describe(info));
        }
    }

    private static string Describe(FieldInfo info)
    {
        string indexed = info.IsIndexed
            ? $"{info.IndexOptions}, norms {info.HasNorms}, payloads {info.HasPayloads}"
            : "not indexed";
        return $"{indexed}, vectors {info.HasVectors}, doc values {info.DocValuesType}";
    }
}
