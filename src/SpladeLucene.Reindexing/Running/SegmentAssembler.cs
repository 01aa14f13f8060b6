using Lucene.Net.Index;
using SpladeLucene.Indexing;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.Vectors;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Running;

/// <summary>
/// Writes the new fields of each segment beside it, and merges the two into the target. Owned by one thread.
/// </summary>
internal sealed class SegmentAssembler(
    SourceIndex source, WorkingFolder folder, TargetBuilder target, IReadOnlyList<ReindexMapping> mappings,
    ReindexOptions options, ImpactTokens tokens, VectorLog.Reader vectors, ProgressTracker board) : IDisposable
{
    private ParallelSegmentWriter? _side;
    private long _merged = source.Segments.Take(target.SegmentsDone).Sum(segment => (long)segment.NumDocs);

    /// <summary>Takes the next part; the last one of a segment completes it.</summary>
    public void Add(SegmentPart part, CancellationToken cancellation)
    {
        if (part.Segment != target.SegmentsDone)
            throw new InvalidOperationException($"Segment {part.Segment} comes where {target.SegmentsDone} is due.");
        for (int i = 0; i < part.Places.Length; i += mappings.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            _side ??= new ParallelSegmentWriter(folder.Parts, mappings, options, tokens, vectors);
            _side.Add(part.Places.AsSpan(i, mappings.Count));
        }

        if (part.OrderHash is not null) Complete(part.OrderHash, cancellation);
    }

    public void Dispose() => _side?.Dispose();

    private void Complete(byte[] order, CancellationToken cancellation)
    {
        SegmentReader segment = source.Segments[target.SegmentsDone];
        if (_side is null)
        {
            target.Add(null);
            return;
        }

        _side.Finish();
        _side.Dispose();
        _side = null;
        if (CountLeaves(folder.Parts) > 1) MergeParts(cancellation);
        else Replace(folder.Parts, folder.Side);
        Merge(segment, order, cancellation);
        _merged += segment.NumDocs;
        board.SetMerged(_merged);
        WorkingFolder.Remove(folder.Side);
    }

    private static int CountLeaves(string path)
    {
        using Directory directory = IndexFolder.Open(path);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        return reader.Leaves.Count;
    }

    private static void Replace(string from, string to)
    {
        WorkingFolder.Remove(to);
        System.IO.Directory.Move(from, to);
    }

    // By AddIndexes and not by ForceMerge, which can't be ended.
    private void MergeParts(CancellationToken cancellation)
    {
        WorkingFolder.Remove(folder.Side);
        using (Directory from = IndexFolder.Open(folder.Parts))
        using (DirectoryReader reader = DirectoryReader.Open(from))
        using (Directory to = IndexFolder.Open(folder.Side))
        {
            AtomicReader[] parts = [.. reader.Leaves.Select(leaf => leaf.AtomicReader)];
            var watch = new MergeWatch(parts, reader.MaxDoc, _ => { }, cancellation);
            var writer = new IndexWriter(to, WriterSettings.ForWhole(OpenMode.CREATE));
            try
            {
                writer.AddIndexes([.. parts.Select(part => new WatchedReader(part, watch))]);
                writer.Dispose();
            }
            catch
            {
                writer.Rollback();
                throw;
            }
        }

        WorkingFolder.Remove(folder.Parts);
    }

    private void Merge(SegmentReader segment, byte[] order, CancellationToken cancellation)
    {
        using Directory directory = IndexFolder.Open(folder.Side);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        AtomicReader side = OnlySegment(reader);
        // A parallel reader compares counts only: vectors in another order would silently become other documents'.
        if (side.MaxDoc != segment.MaxDoc || !OrderHash.Of(side, mappings).AsSpan().SequenceEqual(order))
            throw new InvalidOperationException($"The vectors for segment {segment.SegmentName} came out of order.");
        var watch = new MergeWatch(
            [segment, side], segment.MaxDoc, share => board.SetMerged(_merged + (long)(share * segment.NumDocs)), cancellation);
        var watched = new WatchedReader(segment, watch);
        // Nothing is stored of the new fields, and looking costs as much as reading.
        using var pair = new ParallelAtomicReader(false, [watched, new WatchedReader(side, watch)], [watched]);
        target.Add(pair);
    }

    private static AtomicReader OnlySegment(DirectoryReader reader) => reader.Leaves is [{ } only]
        ? only.AtomicReader : throw new InvalidOperationException("The new fields are not one segment.");
}
