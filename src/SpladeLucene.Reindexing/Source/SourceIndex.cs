using System.Globalization;
using System.Text;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Source;

/// <summary>The last commit of the source, open to be read and nothing else.</summary>
internal sealed class SourceIndex : IDisposable
{
    private const string SuppliedTexts = " with supplied texts";

    private readonly Directory _directory;
    private readonly DirectoryReader _reader;
    private readonly Dictionary<string, string?> _identities;

    private SourceIndex(string path, Directory directory, DirectoryReader reader)
    {
        Path = path;
        _directory = directory;
        _reader = reader;
        Segments = [.. IndexFolder.SegmentsOf(reader)];
        _identities = Segments.ToDictionary(segment => segment.SegmentName, segment => SegmentIdentity.Of(segment, path), StringComparer.Ordinal);
        Commit = DescribeCommit(path, reader.IndexCommit);
        UserData = new Dictionary<string, string>(reader.IndexCommit.UserData, StringComparer.Ordinal);
    }

    public string Path { get; }

    public IReadOnlyList<SegmentReader> Segments { get; }

    /// <summary>What no two states of the index share: the generation, and each file's name, length and age.</summary>
    public string Commit { get; }

    /// <summary>
    /// What of the source a new index is made of. Documents without stored text come out otherwise where the caller
    /// supplies texts.
    /// </summary>
    public string StateFor(ReindexOptions options) =>
        options.TextOf is null ? Commit : Commit + SuppliedTexts;

    /// <summary>Whether the caller supplied texts where this state was made.</summary>
    public static bool HasSuppliedTexts(string state) => state.EndsWith(SuppliedTexts, StringComparison.Ordinal);

    public IReadOnlyDictionary<string, string> UserData { get; }

    public long Documents => _reader.NumDocs;

    public long Deleted => _reader.NumDeletedDocs;

    public IndexReader Reader => _reader;

    /// <summary>
    /// What tells a segment from all others; null where a file was gone. As it was when the source was opened: hours later other
    /// files may have the names of those that are read.
    /// </summary>
    public string? IdentityOf(SegmentReader segment) => _identities[segment.SegmentName];

    /// <summary>How many bytes the commit's files have.</summary>
    public long Bytes { get; private init; }

    /// <exception cref="ReindexRefusedException">The folder holds no index that can be read; it says why.</exception>
    public static SourceIndex Open(string path)
    {
        if (!IndexFolder.Exists(path)) throw new ReindexRefusedException(ReindexProblemKind.SourceUnreadable, NoIndex(path));
        Directory directory = new TermBlocksDirectory(IndexFolder.Open(path));
        try
        {
            CheckedFirst.RequireWhole(directory, path, $"the source '{path}'");
            return IndexFolder.Open(directory, reader => new SourceIndex(path, directory, reader)
            {
                Bytes = FilesOf(path, reader.IndexCommit).Sum(file => file.Exists ? file.Length : 0),
            });
        }
        catch (ReindexRefusedException)
        {
            directory.Dispose();
            throw;
        }
        catch (Exception e) when (Integrity.IsDamage(e))
        {
            ReindexProblem problem = Refusal(path, directory, e);
            directory.Dispose();
            throw new ReindexRefusedException([problem]);
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
    }

    // Lucene 2.0 and older wrote a file "segments" and no other; DirectoryReader doesn't count it as an index.
    private static string NoIndex(string path) => File.Exists(System.IO.Path.Combine(path, "segments"))
        ? TooOld(path, "it was written by Lucene 2.0 or before")
        : $"'{path}' holds no index.";

    /// <summary>The sentence about an index that is too old.</summary>
    public static string TooOld(string path, string reason) =>
        $"The index in '{path}' is too old: Lucene.NET 4.8 reads what Lucene 3.0 or later wrote ({reason}).";

    private static ReindexProblem Refusal(string path, Directory directory, Exception problem)
    {
        if (problem is IndexFormatTooOldException)
            return new(ReindexProblemKind.SourceUnreadable, TooOld(path, problem.Message.TrimEnd('.')));
        return FirstDamaged(directory) is var (segment, reason)
            ? new(ReindexProblemKind.Damaged, Integrity.Sentence(segment, $"the source '{path}'", reason))
            : new(ReindexProblemKind.SourceUnreadable, $"The index in '{path}' can't be read: {Integrity.Reason(problem)}.");
    }

    // Which of its segments can't be opened; null where all can, or not even their list.
    private static (string Segment, Exception Reason)? FirstDamaged(Directory directory)
    {
        var infos = new SegmentInfos();
        try
        {
            infos.Read(directory);
        }
        catch (Exception e) when (Integrity.IsDamage(e))
        {
            return null;
        }

        foreach (SegmentCommitInfo info in infos.Segments)
        {
            try
            {
                new SegmentReader(info, DirectoryReader.DEFAULT_TERMS_INDEX_DIVISOR, IOContext.READ).Dispose();
            }
            catch (Exception e) when (Integrity.IsDamage(e))
            {
                return (info.Info.Name, e);
            }
        }

        return null;
    }

    private static IEnumerable<FileInfo> FilesOf(string path, IndexCommit commit) =>
        commit.FileNames.Order(StringComparer.Ordinal).Select(name => new FileInfo(System.IO.Path.Combine(path, name)));

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
