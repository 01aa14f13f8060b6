using Lucene.Net.Index;
using SpladeLucene.Reindexing.Carrying;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.State;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Running;

/// <summary>What becomes of one segment of the target.</summary>
/// <param name="Documents">How many documents it has, deleted ones included.</param>
/// <param name="Place">Its place in the target as it is; null where it comes from the index beside it.</param>
/// <param name="StaysInPlace">Whether it isn't copied.</param>
/// <param name="Deletions">Documents to delete in it.</param>
/// <param name="Origin">What it was made of.</param>
internal sealed record RevisedSegment(
    int Documents, int? Place, bool StaysInPlace, IReadOnlyCollection<int> Deletions, SegmentOrigin? Origin);

/// <summary>
/// Makes a target be as its source is now, in one commit: segments stay, are deleted in, come as files, or go. Owned by one
/// thread.
/// </summary>
internal sealed class TargetReviser(Directory target, Directory made, IndexWriter writer)
{
    private readonly SegmentInfos _before = Read(target);

    /// <summary>Everything but the commit.</summary>
    /// <param name="segments">The segments in the order that they will have.</param>
    public void Revise(IReadOnlyList<RevisedSegment> segments)
    {
        Drop(segments.Where(one => one.StaysInPlace).Select(one => one.Place!.Value).ToHashSet());
        var written = new Queue<SegmentCommitInfo>(Read(made).Segments);
        foreach (RevisedSegment one in segments.Where(one => !one.StaysInPlace))
            Copy(one.Place is { } place ? (target, _before[place]) : (made, written.Dequeue()));
        Delete(segments);
    }

    // A segment goes at once with its last live document, and deleting in it any more would be an error.
    private void Drop(HashSet<int> stay)
    {
        using DirectoryReader reader = DirectoryReader.Open(writer, applyAllDeletes: true);
        for (int place = 0; place < reader.Leaves.Count; place++)
        {
            if (stay.Contains(place)) continue;
            AtomicReader segment = reader.Leaves[place].AtomicReader;
            for (int document = 0; document < segment.MaxDoc; document++)
            {
                if (segment.LiveDocs is not { } live || live.Get(document)) Delete(segment, document);
            }
        }
    }

    private void Copy((Directory Index, SegmentCommitInfo Segment) from)
    {
        using var view = new SegmentView(from.Index, from.Segment);
        writer.AddIndexes(view);
    }

    private void Delete(IReadOnlyList<RevisedSegment> segments)
    {
        using DirectoryReader reader = DirectoryReader.Open(writer, applyAllDeletes: true);
        if (!reader.Leaves.Select(leaf => leaf.AtomicReader.MaxDoc).SequenceEqual(segments.Select(one => one.Documents)))
            throw new InvalidOperationException("The segments of the new index are not those that it was to have.");
        for (int i = 0; i < segments.Count; i++)
        {
            foreach (int document in segments[i].Deletions) Delete(reader.Leaves[i].AtomicReader, document);
        }
    }

    private void Delete(AtomicReader segment, int document)
    {
        if (!writer.TryDeleteDocument(segment, document))
            throw new InvalidOperationException($"{segment} is no segment of the target any more.");
    }

    private static SegmentInfos Read(Directory directory)
    {
        var infos = new SegmentInfos();
        infos.Read(directory);
        return infos;
    }
}
