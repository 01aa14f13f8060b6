using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Carrying;

/// <summary>
/// The texts of the segments that are written, where others stay: only their vectors are looked for in the target, and only
/// where reading them is cheaper than encoding them again.
/// </summary>
internal static class WantedTexts
{
    // A segment is read as a whole, checksums first. That costs as much as encoding one text for so many documents, or less.
    private const int DocumentsForAText = 10_000;

    /// <summary>Reads all texts of the segments.</summary>
    public static HashSet<TextHash> Of(
        IEnumerable<SegmentReader> segments, IReadOnlyList<ReindexMapping> mappings, ReindexOptions options,
        CancellationToken cancellation)
    {
        var texts = new SourceTexts(mappings, options.TextOf);
        var hashes = new HashSet<TextHash>();
        foreach (SegmentReader segment in segments)
        {
            IBits? live = segment.LiveDocs;
            for (int document = 0; document < segment.MaxDoc; document++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (live is not null && !live.Get(document)) continue;
                foreach (string? text in texts.Read(segment, document, cancellation))
                {
                    if (text is not null) hashes.Add(TextHash.Of(text));
                }
            }
        }

        return hashes;
    }

    /// <summary>The segments of a target from which vectors of these texts are taken, with the texts that they have.</summary>
    public static IEnumerable<(SegmentReader Segment, HashSet<TextHash>? Texts)> FindIn(
        DirectoryReader target, IReadOnlyList<ReindexMapping> mappings, IReadOnlySet<TextHash> wanted)
    {
        foreach (SegmentReader segment in IndexFolder.SegmentsOf(target))
        {
            HashSet<TextHash> found = Find(segment, mappings, wanted);
            if ((long)found.Count * DocumentsForAText >= segment.MaxDoc) yield return (segment, found);
        }
    }

    // Its checksums weren't compared: that costs more than reading this one column.
    private static HashSet<TextHash> Find(
        SegmentReader segment, IReadOnlyList<ReindexMapping> mappings, IReadOnlySet<TextHash> wanted)
    {
        try
        {
            return [.. OrderHash.HashesIn(segment, mappings).Where(wanted.Contains)];
        }
        catch (Exception e) when (Integrity.IsDamage(e))
        {
            throw new ReindexRefusedException(
                ReindexProblemKind.Damaged, Integrity.Sentence(segment.SegmentName, "the target", e));
        }
    }
}
