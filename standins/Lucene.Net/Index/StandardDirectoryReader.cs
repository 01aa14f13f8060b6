using Lucene.Net.Util;
using Directory = Lucene.Net.Store.Directory;

namespace Lucene.Net.Index;

internal sealed class StandardDirectoryReader : DirectoryReader
{
    private readonly CommitPoint _state;
    private readonly IndexWriter? _writer;

    internal StandardDirectoryReader(
        Directory directory, AtomicReader[] readers, CommitPoint state, IndexWriter? writer) : base(directory, readers)
    {
        _state = state;
        _writer = writer;
    }

    public override long Version => _state.Version;

    public override IndexCommit IndexCommit => new Commit(_state);

    public override bool IsCurrent()
    {
        EnsureOpen();
        return _writer is null || _writer.IsClosed
            ? WithLastCommit(Directory, commit => commit.Version) == Version
            : _writer.IsCurrent(Version);
    }

    internal static DirectoryReader OpenLastCommit(Directory directory, IReadOnlyList<AtomicReader> before) =>
        WithLastCommit(directory, commit =>
            new StandardDirectoryReader(directory, OpenSegments(directory, commit, before), commit, null));

    internal override DirectoryReader? OpenNewer()
    {
        EnsureOpen();
        if (_writer is not null)
        {
            return OpenNewer(_writer);
        }
        return IsCurrent() ? null : OpenLastCommit(Directory, SubReaders);
    }

    internal override DirectoryReader? OpenNewer(IndexWriter writer)
    {
        EnsureOpen();
        return writer == _writer && writer.IsCurrent(Version) ? null : writer.OpenReader(SubReaders);
    }

    protected internal override void DoClose() => Array.ForEach(SubReaders, reader => reader.DecRef());

    // Tries again if a writer took the files of the commit away meanwhile.
    private static T WithLastCommit<T>(Directory directory, Func<CommitPoint, T> read)
    {
        while (true)
        {
            long generation = LastGeneration(directory);
            try
            {
                return read(CommitPoint.Read(directory, generation));
            }
            catch (FileNotFoundException) when (LastGeneration(directory) != generation)
            {
                // There is a newer commit.
            }
        }
    }

    private static long LastGeneration(Directory directory)
    {
        long generation = IndexFiles.LastGeneration(directory);
        return generation > 0 ? generation : throw new IndexNotFoundException($"{directory} holds no index.");
    }

    private static AtomicReader[] OpenSegments(
        Directory directory, CommitPoint commit, IReadOnlyList<AtomicReader> before)
    {
        var readers = new List<AtomicReader>();
        try
        {
            foreach (CommittedSegment committed in commit.Segments)
            {
                IEnumerable<SegmentReader> known = before.Cast<SegmentReader>();
                SegmentReader? same = known.FirstOrDefault(r => r.Core.Segment.Id == committed.Id);
                readers.Add(OpenSegment(directory, committed, same));
            }
            return [.. readers];
        }
        catch
        {
            readers.ForEach(reader => reader.DecRef());
            throw;
        }
    }

    private static SegmentReader OpenSegment(Directory directory, CommittedSegment committed, SegmentReader? known)
    {
        FixedBitSet? live = IndexFiles.ReadLiveDocs(directory, committed);
        if (known is null)
        {
            var core = new SegmentCore(IndexFiles.ReadSegment(directory, committed));
            var reader = new SegmentReader(core, live);
            core.DecRef();
            return reader;
        }
        bool isSame = (live?.Cardinality ?? known.MaxDoc) == known.NumDocs;
        return isSame && known.TryIncRef() ? known : new SegmentReader(known.Core, live);
    }

    private sealed class Commit(CommitPoint state) : IndexCommit
    {
        public override long Generation => state.Generation;

        public override ICollection<string> FileNames { get; } = [.. state.FileNames];

        public override IDictionary<string, string> UserData { get; } = new Dictionary<string, string>(state.UserData);
    }
}
