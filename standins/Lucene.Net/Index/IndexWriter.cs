using Lucene.Net.Store;
using Lucene.Net.Util;
using Directory = Lucene.Net.Store.Directory;

namespace Lucene.Net.Index;

// Adds to an index and deletes from it. What it did is seen by readers opened on the writer at once, and by all others
// after Commit. Any thread may call it: documents are analyzed side by side, the rest happens one at a time.
public partial class IndexWriter : IDisposable
{
    public static readonly int MAX_TERM_LENGTH = 32766;

    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LockPollInterval = TimeSpan.FromMilliseconds(50);

    // Guards everything below it.
    private readonly object _gate = new();
    private readonly Directory _directory;
    private readonly IndexWriterConfig _config;
    private readonly IDisposable _writeLock;
    private readonly List<WriterSegment> _segments = [];
    private readonly FieldInfos _knownFields = new();
    private DocumentBuffer _buffer = new();
    private CommitPoint _lastCommit;
    private IReadOnlyDictionary<string, string> _userData;
    private long _nextSegment;
    private long _version;
    private bool _changed;
    private bool _hasReaders;
    private volatile bool _closed;

    public IndexWriter(Directory d, IndexWriterConfig conf)
    {
        conf.UseOnce();
        _directory = d;
        _config = conf;
        _writeLock = ObtainLock(d);
        try
        {
            _lastCommit = ReadLastCommit();
            _userData = _lastCommit.UserData;
            _nextSegment = _lastCommit.NextSegment;
            _version = _lastCommit.Version;
            OpenSegments();
        }
        catch
        {
            _writeLock.Dispose();
            throw;
        }
    }

    // Whether a writer has the directory open.
    public static bool IsLocked(Directory directory)
    {
        using IDisposable? held = directory.TryLock();
        return held is null;
    }

    public virtual int NumDocs => Read(() => _buffer.DocCount + _segments.Sum(s => s.LiveDocs));

    public virtual int MaxDoc => Read(() => _buffer.DocCount + _segments.Sum(s => s.MaxDoc));

    public virtual bool HasDeletions() => Read(() => _buffer.HasDeletions || _segments.Exists(s => s.HasDeletions));

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                Commit();
                Close();
            }
        }
    }

    // Gives up all that was not committed, and closes.
    public virtual void Rollback()
    {
        lock (_gate)
        {
            EnsureOpen();
            Close();
        }
    }

    internal void EnsureOpen()
    {
        if (_closed)
        {
            throw Refusals.AlreadyClosed(this);
        }
    }

    private static IDisposable ObtainLock(Directory directory)
    {
        DateTime deadline = DateTime.UtcNow + LockTimeout;
        while (true)
        {
            if (directory.TryLock() is { } held)
            {
                return held;
            }
            if (DateTime.UtcNow >= deadline)
            {
                throw new LockObtainFailedException($"Another writer has {directory} open.");
            }
            Thread.Sleep(LockPollInterval);
        }
    }

    private CommitPoint ReadLastCommit()
    {
        long generation = IndexFiles.LastGeneration(_directory);
        if (generation > 0)
        {
            return CommitPoint.Read(_directory, generation);
        }
        return _config.OpenMode == OpenMode.APPEND
            ? throw new IndexNotFoundException($"{_directory} holds no index to append to.")
            : CommitPoint.Empty;
    }

    private void OpenSegments()
    {
        if (_config.OpenMode == OpenMode.CREATE || _lastCommit.Generation == 0)
        {
            _userData = CommitPoint.Empty.UserData;
            Changed();
        }
        else
        {
            foreach (CommittedSegment committed in _lastCommit.Segments)
            {
                AddSegment(WriterSegment.Open(_directory, committed));
            }
        }
        DeleteUnusedFiles(_lastCommit);
    }

    private void AddSegment(WriterSegment segment)
    {
        _knownFields.Merge(segment.FieldInfos);
        _segments.Add(segment);
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            EnsureOpen();
            return read();
        }
    }

    private void Changed()
    {
        _version++;
        _changed = true;
    }

    private string NextSegmentName() => $"_{_nextSegment++}";

    private void Close()
    {
        _closed = true;
        _segments.ForEach(segment => segment.Release());
        _segments.Clear();
        _writeLock.Dispose();
    }
}
