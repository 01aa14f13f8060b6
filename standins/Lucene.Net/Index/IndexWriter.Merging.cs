using Directory = Lucene.Net.Store.Directory;

namespace Lucene.Net.Index;

public partial class IndexWriter
{
    public virtual void ForceMerge(int maxNumSegments)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumSegments, 1);
        lock (_gate)
        {
            EnsureOpen();
            Flush();
            while (_config.MergePolicy.NextForced(Sizes, maxNumSegments) is { } run)
            {
                Merge(run);
            }
        }
    }

    // Rewrites the segments of which too many documents are deleted.
    public virtual void ForceMergeDeletes()
    {
        lock (_gate)
        {
            EnsureOpen();
            Flush();
            for (int start = 0; start < _segments.Count; start++)
            {
                int count = Sizes.Skip(start).TakeWhile(_config.MergePolicy.HasTooManyDeletions).Count();
                if (count > 0)
                {
                    Merge(new MergeRun(start, count));
                }
            }
        }
    }

    // The live documents of the readers become one segment behind all others.
    public virtual void AddIndexes(params IndexReader[] readers)
    {
        ArgumentNullException.ThrowIfNull(readers);
        EnsureOpen();
        List<AtomicReader> leaves = [.. readers.SelectMany(reader => reader.Leaves).Select(leaf => leaf.AtomicReader)];
        Segment merged = SegmentMerger.Merge(leaves, Read(NextSegmentName));
        if (merged.MaxDoc == 0)
        {
            return;
        }
        lock (_gate)
        {
            EnsureOpen();
            Flush();
            AddSegment(new WriterSegment(merged));
            Changed();
            MaybeMerge();
        }
    }

    // The segments of the last commits of the directories, deleted documents too, each as it is behind all others.
    public virtual void AddIndexes(params Directory[] dirs)
    {
        ArgumentNullException.ThrowIfNull(dirs);
        EnsureOpen();
        foreach (Directory directory in dirs)
        {
            using DirectoryReader reader = DirectoryReader.Open(directory);
            List<SegmentReader> leaves = [.. reader.Leaves.Select(leaf => (SegmentReader)leaf.AtomicReader)];
            lock (_gate)
            {
                EnsureOpen();
                Flush();
                leaves.ForEach(leaf => AddSegment(WriterSegment.Copy(leaf, NextSegmentName())));
                Changed();
                MaybeMerge();
            }
        }
    }

    private List<SegmentSize> Sizes => _segments.ConvertAll(segment => segment.Size);

    private void MaybeMerge()
    {
        while (_config.MergePolicy.Next(Sizes) is { } run)
        {
            Merge(run);
        }
    }

    private void Merge(MergeRun run)
    {
        List<WriterSegment> sources = _segments.GetRange(run.Start, run.Count);
        List<SegmentReader> readers = sources.ConvertAll(source => source.NewReader());
        var merged = new WriterSegment(SegmentMerger.Merge(readers, NextSegmentName()));
        readers.ForEach(reader => reader.Dispose());
        Warm(merged);
        _segments.RemoveRange(run.Start, run.Count);
        _segments.Insert(run.Start, merged);
        sources.ForEach(source => source.Release());
        Changed();
    }

    private void Warm(WriterSegment merged)
    {
        if (_hasReaders && merged.MaxDoc > 0 && _config.MergedSegmentWarmer is { } warmer)
        {
            using SegmentReader reader = merged.NewReader();
            warmer.Warm(reader);
        }
    }

    // Gets a merged segment ready for searches before the first of them sees it.
    public abstract class IndexReaderWarmer
    {
        public abstract void Warm(AtomicReader reader);
    }
}
