using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;
using SpladeLucene.Wire;
using FSDirectory = Lucene.Net.Store.FSDirectory;

namespace SpladeLucene.Replicas;

/// <summary>A replica's Lucene index: a commit says which operation of the log it has. Searches and <see cref="Refresh"/> are
/// thread-safe; the rest is called by one thread at a time.</summary>
internal sealed partial class ReplicaIndex : IDisposable
{
    private const string NumberKey = "splade.log.number";
    private const string HashKey = "splade.log.hash";

    // How it writes lengths is how it reads them.
    private static readonly Similarity Words = new HybridOptions().Words;

    private readonly SpladeClusterOptions _options;
    private readonly string _folder;
    private readonly FSDirectory _directory;
    private readonly IndexWriter _writer;
    private readonly SearcherManager _searchers;
    // One flush doesn't begin before what has become of the one before is known.
    private readonly object _flushes = new();
    private volatile bool _isLost;
    private bool _isDisposed;

    public ReplicaIndex(string folder, SpladeClusterOptions options)
    {
        (_options, _folder) = (options, folder);
        _directory = FSDirectory.Open(folder);
        try
        {
            // Every field brings its own tokens, so that no analyzer is asked.
            var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, null)
            {
                Similarity = Words,
                IndexDeletionPolicy = new SnapshotDeletionPolicy(new KeepOnlyLastCommitDeletionPolicy()),
            };
            _writer = new IndexWriter(_directory, config);
            // The writer works with a copy of what it is given.
            Offers = new CommitOffers((SnapshotDeletionPolicy)_writer.Config.IndexDeletionPolicy, folder);
            if (!DirectoryReader.IndexExists(_directory)) Commit(0, Logs.ReplicaLog.NoHash);
            (CommittedNumber, CommittedHash) = PlaceOf(_writer.CommitData);
            _searchers = new SearcherManager(_writer, applyAllDeletes: true, new SpladeSearcherFactory(null, options.Fields));
        }
        catch
        {
            // The writer's lock would refuse every later attempt.
            _writer?.Rollback();
            _directory.Dispose();
            throw;
        }
    }

    /// <summary>Keeps a commit's files while they are copied.</summary>
    public CommitOffers Offers { get; }

    /// <summary>The last operation that is committed.</summary>
    public long CommittedNumber { get; private set; }

    /// <summary>The log's hash there.</summary>
    public byte[] CommittedHash { get; private set; } = [];

    /// <summary>Whether operations may be missing that were applied: where a flush fails, Lucene drops all documents since the one
    /// before, and its writer goes on. What is on the disk is right; nothing is committed any more.</summary>
    public bool IsLost => _isLost;

    /// <summary>The place in the log that a commit has.</summary>
    public static (long Number, byte[] Hash) PlaceOf(IDictionary<string, string> commitData) =>
        (long.Parse(commitData[NumberKey], CultureInfo.InvariantCulture), Convert.FromHexString(commitData[HashKey]));

    /// <summary>What an operation does, which is refused here if at all.</summary>
    public (Term Key, Document? Document) Prepare(Operation operation) => (operation.Term, operation.ToLucene(_options));

    public void Apply(Term key, Document? document)
    {
        try
        {
            if (document is null) _writer.DeleteDocuments(key);
            else _writer.UpdateDocument(key, document);
        }
        catch
        {
            _isLost = true;
            throw;
        }
    }

    /// <exception cref="IOException">It is lost.</exception>
    public void Commit(long number, byte[] hash) => FlushAlone(() =>
    {
        _writer.SetCommitData(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [NumberKey] = number.ToString(CultureInfo.InvariantCulture), [HashKey] = Convert.ToHexString(hash),
        });
        _writer.Commit();
        Logs.FolderFlush.Flush(_folder);
        (CommittedNumber, CommittedHash) = (number, hash);
    });

    /// <summary>Makes visible what was applied.</summary>
    /// <exception cref="IOException">It is lost.</exception>
    public void Refresh() => FlushAlone(() => _searchers.MaybeRefreshBlocking());

    /// <summary>Closes it at its last commit; again does nothing.</summary>
    public void Dispose()
    {
        lock (_flushes)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _searchers.Dispose();
            _writer.Rollback();
            _directory.Dispose();
        }
    }

    private void FlushAlone(Action flush)
    {
        lock (_flushes)
        {
            if (_isLost) throw new IOException($"The index in '{_folder}' couldn't be written, and is to be opened again.");
            try
            {
                flush();
            }
            catch
            {
                _isLost = true;
                throw;
            }
        }
    }
}
