namespace Lucene.Net.Index;

public partial class IndexWriter
{
    internal bool IsClosed => _closed;

    internal bool IsCurrent(long version) =>
        Read(() => _version == version && _buffer.DocCount == 0 && !_buffer.HasDeletions);

    // A reader of everything done so far, sharing what it can with the reader of before.
    internal DirectoryReader OpenReader(IReadOnlyList<AtomicReader> before)
    {
        lock (_gate)
        {
            EnsureOpen();
            _hasReaders = true;
            Flush();
            MaybeMerge();
            AtomicReader[] readers = [.. _segments.Select(segment => segment.NewReader(before))];
            var state = _lastCommit with { Version = _version, UserData = _userData };
            return new StandardDirectoryReader(_directory, readers, state, this);
        }
    }
}
