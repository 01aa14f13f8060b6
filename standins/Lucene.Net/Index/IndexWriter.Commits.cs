namespace Lucene.Net.Index;

public partial class IndexWriter
{
    public IDictionary<string, string> CommitData => Read(() => new Dictionary<string, string>(_userData));

    // Kept with every commit from the next one on.
    public void SetCommitData(IDictionary<string, string> commitUserData)
    {
        lock (_gate)
        {
            EnsureOpen();
            _userData = new Dictionary<string, string>(commitUserData);
            _changed = true;
        }
    }

    public void Commit()
    {
        lock (_gate)
        {
            EnsureOpen();
            Flush();
            MaybeMerge();
            if (_changed)
            {
                WriteCommit();
            }
        }
    }

    // First all files that the commit names, then the commit, then the files that only older commits name may go.
    private void WriteCommit()
    {
        List<CommittedSegment> written = _segments.ConvertAll(segment => segment.Write(_directory));
        var commit = new CommitPoint(_lastCommit.Generation + 1, _version, _nextSegment, _userData, written);
        commit.Publish(_directory);
        _lastCommit = commit;
        _changed = false;
        DeleteUnusedFiles(commit);
    }

    private void DeleteUnusedFiles(CommitPoint commit)
    {
        foreach (string file in _directory.ListAll().Where(IndexFiles.IsOurs).Except(commit.FileNames))
        {
            try
            {
                _directory.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Someone reads it; the next commit tries again.
            }
        }
    }
}
