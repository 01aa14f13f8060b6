using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Reindexing.Carrying;

/// <summary>A segment of the target that stays as it is, but for documents that were deleted in the source since.</summary>
internal sealed class CarriedSegment
{
    private readonly int[] _deletedBefore;
    private readonly HashSet<int> _deletedNow;

    private CarriedSegment(AtomicReader made, int place, SegmentOrigin origin, int[] deletedBefore, HashSet<int> deletedNow) =>
        (Made, Place, Origin, _deletedBefore, _deletedNow) = (made, place, origin, deletedBefore, deletedNow);

    /// <summary>The target's segment.</summary>
    public AtomicReader Made { get; }

    /// <summary>Its place in the target.</summary>
    public int Place { get; }

    public SegmentOrigin Origin { get; }

    /// <summary>Whether it keeps its place; else it is copied as files, behind the segments that are written.</summary>
    public bool StaysInPlace { get; set; }

    /// <summary>The documents of the target's segment that are to be deleted, by their numbers in it.</summary>
    public IReadOnlyCollection<int> Deletions => _deletedNow;

    /// <summary>How many of its documents are deleted then, those of earlier runs included.</summary>
    public int Deleted => Made.MaxDoc - Made.NumDocs + _deletedNow.Count;

    /// <summary>Puts a segment of the source beside the one made of it; null where they don't fit.</summary>
    public static CarriedSegment? Of(SegmentReader segment, AtomicReader made, int place, SegmentOrigin origin)
    {
        int[] before;
        try
        {
            before = DocumentNumbers.Read(origin.Deleted, origin.Documents);
        }
        catch (FormatException)
        {
            return null;
        }

        if (segment.MaxDoc != origin.Documents || made.MaxDoc != origin.Documents - before.Length) return null;
        HashSet<int>? now = DeletedNow(segment, made.LiveDocs, before);
        return now is null || made.NumDocs - now.Count != segment.NumDocs ? null
            : new CarriedSegment(made, place, origin, before, now);
    }

    /// <summary>Whether a document of the target's segment is still one when this run is done.</summary>
    public bool IsLive(int document) =>
        (Made.LiveDocs is not { } live || live.Get(document)) && !_deletedNow.Contains(document);

    /// <summary>Which document of the source's segment it was made of.</summary>
    public int SourceDocument(int document)
    {
        foreach (int gone in _deletedBefore)
        {
            if (gone > document) break;
            document++;
        }

        return document;
    }

    // Null where a document that was deleted is there again.
    private static HashSet<int>? DeletedNow(SegmentReader segment, IBits? madeLive, int[] before)
    {
        var deleted = new HashSet<int>();
        if (segment.LiveDocs is not { } live) return before.Length == 0 ? deleted : null;
        int next = 0, made = 0;
        for (int document = 0; document < segment.MaxDoc; document++)
        {
            if (next < before.Length && before[next] == document)
            {
                if (live.Get(document)) return null;
                next++;
                continue;
            }

            if (!live.Get(document) && (madeLive is null || madeLive.Get(made))) deleted.Add(made);
            made++;
        }

        return deleted;
    }
}
