using Lucene.Net.Index;
using SpladeLucene.Reindexing.Carrying;
using SpladeLucene.Reindexing.Source;

namespace SpladeLucene.Reindexing.Planning;

/// <summary>What a plan says of the source itself.</summary>
internal static class SourceReport
{
    private const string OldCodec = "Lucene3x";

    public static IReadOnlyList<ReindexSegment> Segments(SourceIndex source, CarryPlan carry) =>
        [.. source.Segments.Select((segment, i) => new ReindexSegment(
            segment.SegmentName, segment.NumDocs, segment.MaxDoc - segment.NumDocs,
            segment.SegmentInfo.Info.Codec.Name, segment.SegmentInfo.Info.Version)
        {
            IsCarried = carry.Segments[i] is not null,
        })];

    /// <param name="source">The source.</param>
    /// <param name="stored">The fields that any live document has a stored value of; null where no document was read.</param>
    public static IReadOnlyList<ReindexField> Fields(SourceIndex source, IReadOnlySet<string>? stored) =>
        [.. source.Segments.SelectMany(segment => segment.FieldInfos).GroupBy(info => info.Name, StringComparer.Ordinal)
            .OrderBy(infos => infos.Key, StringComparer.Ordinal)
            .Select(infos => Describe(infos.Key, stored?.Contains(infos.Key), [.. infos]))];

    public static IEnumerable<string> Notices(SourceIndex source, CarryPlan carry, IReadOnlyList<ReindexSegment> segments)
    {
        if (carry.CarriesAny)
        {
            yield return $"{Numbered(carry.Carried.Count(), "segment")} with {Numbered(carry.Documents, "document")} "
                + "of the target stay as they are and are not read; Lucene's CheckIndex looks for damage in them.";
        }

        int marked = carry.Carried.Sum(one => one.Deleted);
        int old = segments.Count(segment => segment.Codec == OldCodec);
        if (old > 0)
        {
            yield return $"{Numbered(old, "segment")} of {segments.Count} {(old == 1 ? "is" : "are")} in the format of "
                + "Lucene 3.x, which doesn't keep the total of a field's terms; once rewritten it is there, so BM25 "
                + "scores change, while those of the classic similarity don't.";
        }

        if (source.Deleted > 0)
        {
            yield return $"{Numbered(source.Deleted, "deleted document")} {(source.Deleted == 1 ? "stays" : "stay")} "
                + "behind; scores become those of the source once its deletions are expunged"
                + (marked > 0 ? $", {marked:N0} of them only when they are in the target too, where they are marked." : ".");
        }
    }

    public static string Numbered(long count, string noun) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static ReindexField Describe(string name, bool? stored, FieldInfo[] infos)
    {
        FieldInfo[] indexed = [.. infos.Where(info => info.IsIndexed)];
        FieldInfo? values = Array.Find(infos, info => info.HasDocValues);
        return new ReindexField(
            name, stored, indexed.Length == 0 ? null : indexed.Max(info => info.IndexOptions),
            indexed.Any(info => info.HasNorms), infos.Any(info => info.HasPayloads), infos.Any(info => info.HasVectors),
            values?.DocValuesType);
    }
}
