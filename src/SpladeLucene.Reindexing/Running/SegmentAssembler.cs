using Lucene.Net.Index;
using SpladeLucene.Indexing;
using SpladeLucene.Reindexing.Carrying;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.State;
using SpladeLucene.Reindexing.Vectors;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Running;

/// <summary>
/// Writes the new fields of each segment beside it, and merges the two into the target. Owned by one thread.
/// </summary>
internal sealed class SegmentAssembler(
    CarryPlan plan, WorkingFolder folder, TargetBuilder target, IReadOnlyList<ReindexMapping> mappings,
    ReindexOptions options, ImpactTokens tokens, VectorLog.Reader vectors, ProgressTracker board) : IDisposable
{
    private ParallelSegmentWriter? _parallel;
    private long _merged = plan.Documents + plan.Written.Take(target.SegmentsDone).Sum(segment => (long)segment.NumDocs);

    /// <summary>Takes the next part; the last one of a segment completes it.</summary>
    public void Add(SegmentPart part, CancellationToken cancellation)
    {
        if (part.Segment != target.SegmentsDone)
            throw new InvalidOperationException($"Segment {part.Segment} comes where {target.SegmentsDone} is due.");
        for (int i = 0; i < part.Places.Length; i += mappings.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            _parallel ??= new ParallelSegmentWriter(folder.Pieces, mappings, options, tokens, vectors);
            _parallel.Add(part.Places.AsSpan(i, mappings.Count));
        }

        if (part.OrderHash is not null) Complete(part.OrderHash, part.Texts!, cancellation);
    }

    public void Dispose() => _parallel?.Dispose();

    private void Complete(byte[] order, SegmentTexts texts, CancellationToken cancellation)
    {
        SegmentReader segment = plan.Written[target.SegmentsDone];
        if (_parallel is null)
        {
            target.Add(null, null);
            target.CommitWhenDue();
            return;
        }

        _parallel.Finish();
        _parallel.Dispose();
        _parallel = null;
        if (CountLeaves(folder.Pieces) > 1) MergePieces(cancellation);
        else Replace(folder.Pieces, folder.Parallel);
        Merge(segment, order, texts, cancellation);
        target.CommitWhenDue();
        _merged += segment.NumDocs;
        board.SetMerged(_merged);
        WorkingFolder.Remove(folder.Parallel);
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
    private void MergePieces(CancellationToken cancellation)
    {
        WorkingFolder.Remove(folder.Parallel);
        using (Directory from = IndexFolder.Open(folder.Pieces))
        using (DirectoryReader reader = DirectoryReader.Open(from))
        using (Directory to = IndexFolder.Open(folder.Parallel))
        {
            AtomicReader[] pieces = [.. reader.Leaves.Select(leaf => leaf.AtomicReader)];
            var watch = new MergeWatch(pieces, reader.MaxDoc, _ => { }, cancellation);
            var writer = new IndexWriter(to, WriterSettings.ForWhole(OpenMode.CREATE));
            try
            {
                writer.AddIndexes([.. pieces.Select(piece => new WatchedReader(piece, watch))]);
                writer.Dispose();
            }
            catch
            {
                writer.Rollback();
                throw;
            }
        }

        WorkingFolder.Remove(folder.Pieces);
    }

    private void Merge(SegmentReader segment, byte[] order, SegmentTexts texts, CancellationToken cancellation)
    {
        using Directory directory = IndexFolder.Open(folder.Parallel);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        AtomicReader parallel = OnlySegment(reader);
        // A parallel reader compares counts only: vectors in another order would silently become other documents'.
        if (parallel.MaxDoc != segment.MaxDoc || !OrderHash.Of(parallel, mappings).AsSpan().SequenceEqual(order))
            throw new InvalidOperationException($"The vectors for segment {segment.SegmentName} came out of order.");
        var watch = new MergeWatch(
            [segment, parallel], segment.MaxDoc, share => board.SetMerged(_merged + (long)(share * segment.NumDocs)), cancellation);
        var watched = new WatchedReader(segment, watch);
        // Nothing is stored of the new fields, and looking costs as much as reading.
        using var pair = new ParallelAtomicReader(false, [watched, new WatchedReader(parallel, watch)], [watched]);
        try
        {
            target.Add(pair, OriginOf(segment, texts));
        }
        catch (Exception e) when (e != board.CallersFailure && ComesOfDamage(segment, e, cancellation))
        {
            throw new IOException(Integrity.Sentence(segment.SegmentName, "the source", e), e);
        }
        catch (OutOfMemoryException e) when (e != board.CallersFailure)
        {
            throw new IOException($"Memory ran out while segment {segment.SegmentName} of the source was merged.", e);
        }
    }

    // What can't be written says nothing of the segment, and reading all of that would be in vain.
    private static bool ComesOfDamage(SegmentReader segment, Exception e, CancellationToken cancellation) =>
        Integrity.IsDamage(e) && !DiskFull.Is(e) && e is not UnauthorizedAccessException
        && (Integrity.MakesNoSense(segment, e) || Integrity.ProblemIn([segment], "the source", cancellation) is not null);

    private SegmentOrigin? OriginOf(SegmentReader segment, SegmentTexts texts) =>
        plan.IdentityOf(segment) is not { } identity ? null : new SegmentOrigin(
            identity, segment.MaxDoc, DocumentNumbers.OfDeleted(segment.LiveDocs, segment.MaxDoc), texts);

    private static AtomicReader OnlySegment(DirectoryReader reader) => reader.Leaves is [{ } only]
        ? only.AtomicReader : throw new InvalidOperationException("The new fields are not one segment.");
}
