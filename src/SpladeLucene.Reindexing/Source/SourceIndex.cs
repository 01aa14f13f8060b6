using System.Globalization;
using System.Text;
using Lucene.Net.Index;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Source;

/// <summary>The last commit of the source, open to be read and nothing else.</summary>
internal sealed class SourceIndex : IDisposable
{
    private readonly Directory _directory;
    private readonly DirectoryReader _reader;

    private SourceIndex(string path, Directory directory, DirectoryReader reader)
    {
        _directory = directory;
        _reader = reader;
        Segments = [.. reader.Leaves.Select(leaf => (SegmentReader)leaf.AtomicReader)];
        Commit = DescribeCommit(path, reader.IndexCommit);
        UserData = new Dictionary<string, string>(reader.IndexCommit.UserData, StringComparer.Ordinal);
    }

    public IReadOnlyList<SegmentReader> Segments { get; }

    /// <summary>What no two states of the index share: the generation, and each file's name, length and age.</summary>
    public string Commit { get; }

    /// <summary>
    /// What of the source a new index is made of. Documents without stored text come out otherwise where the caller
    /// supplies texts.
    /// </summary>
    public string StateFor(ReindexOptions options) =>
        options.TextOf is null ? Commit : $"{Commit} with supplied texts";

    public IReadOnlyDictionary<string, string> UserData { get; }

    public long Documents => _reader.NumDocs;

    public long Deleted => _reader.NumDeletedDocs;

    public IndexReader Reader => _reader;

    /// <summary>How many bytes the commit's files have.</summary>
    public long Bytes { get; private init; }

    /// <exception cref="ReindexRefusedException">The folder holds no index that can be read; it says why.</exception>
    public static SourceIndex Open(string path)
    {
        if (!IndexFolder.Exists(path)) throw new ReindexRefusedException([$"'{path}' holds no index."]);
        Directory directory = IndexFolder.Open(path);
        try
        {
            DirectoryReader reader = DirectoryReader.Open(directory);
            return new SourceIndex(path, directory, reader)
            {
                Bytes = FilesOf(path, reader.IndexCommit).Sum(file => file.Exists ? file.Length : 0),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            directory.Dispose();
            throw new ReindexRefusedException([Refusal(path, e)]);
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
    }

    private static string Refusal(string path, Exception problem) => problem switch
    {
        IndexFormatTooOldException => $"The index in '{path}' is too old: Lucene.NET 4.8 reads what Lucene 3.0 or later "
            + $"wrote ({problem.Message.TrimEnd('.')}).",
        _ => $"The index in '{path}' can't be read: {problem.Message.TrimEnd('.')}.",
    };

    private static IEnumerable<FileInfo> FilesOf(string path, IndexCommit commit) =>
        commit.FileNames.Order(StringComparer.Ordinal).Select(name => new FileInfo(Path.Combine(path, name)));

    // A file that a live writer has taken away meanwhile has no age; then the next run finds another state, which is safe.
    private static string DescribeCommit(string path, IndexCommit commit)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{commit.Generation}");
        foreach (FileInfo file in FilesOf(path, commit))
        {
            string age = file.Exists
                ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}") : "gone";
            text.Append(CultureInfo.InvariantCulture, $"\n{file.Name} {age}");
        }

        return string.Create(
            CultureInfo.InvariantCulture, $"{commit.Generation} {Vectors.TextHash.Of(text.ToString()).First:x16}");
    }
}
