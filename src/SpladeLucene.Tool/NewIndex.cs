using Lucene.Net.Analysis.Standard;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene.Naming;
using Directory = System.IO.Directory;

namespace SpladeLucene.Tool;

/// <summary>An index that is made in a folder beside its place, or in it where that is there, and takes its name once it is complete.</summary>
internal static class NewIndex
{
    private const string MakingSuffix = ".making-";

    private static readonly string Longest = MakingSuffix + Guid.Empty.ToString("n");

    /// <summary>Makes it; where that ends before, nothing is left behind.</summary>
    /// <param name="folder">Its place; an empty folder may be there.</param>
    /// <param name="write">Adds the documents.</param>
    /// <param name="check">Looks at the index before it takes its place.</param>
    /// <exception cref="InvalidDataException">There is something in its place already, or a file where a folder should be.</exception>
    public static async Task<T> MakeAsync<T>(string folder, Func<IndexWriter, Task<T>> write, Action<DirectoryReader>? check = null)
    {
        string place = PlaceOf(folder);
        string name = MakingSuffix + Guid.NewGuid().ToString("n");
        // A folder that is there may be a mount: beside it is another disk.
        string made = Directory.Exists(place) ? Path.Combine(place, name) : Path.TrimEndingDirectorySeparator(place) + name;
        string[] missing = [.. Parents(place).TakeWhile(parent => !Directory.Exists(parent))];
        bool isMade = false;
        try
        {
            T result = await WriteAsync(made, write, check).ConfigureAwait(false);
            Publish(made, place);
            isMade = true;
            return result;
        }
        finally
        {
            if (Directory.Exists(made)) Directory.Delete(made, recursive: true);
            if (!isMade) foreach (string parent in missing.Where(IsEmpty)) Directory.Delete(parent);
        }
    }

    private static string PlaceOf(string folder)
    {
        if (string.IsNullOrWhiteSpace(folder)) throw new InvalidDataException("The index's folder has no name.");
        if (FolderName.ProblemOf(folder, Longest) is { } unnamable) throw new InvalidDataException(unnamable);
        string place = Path.GetFullPath(folder);
        if (File.Exists(place) || (Directory.Exists(place) && !IsFree(place)))
            throw new InvalidDataException($"'{folder}' is there already, and nothing is written into it: name a folder that isn't there, or delete this one.");
        return Parents(place).FirstOrDefault(File.Exists) is not { } file ? place
            : throw new InvalidDataException($"'{file}' is a file, so that there can be no '{folder}'.");
    }

    // A run that was killed leaves its own folder behind.
    private static bool IsFree(string folder) => Directory.EnumerateFileSystemEntries(folder)
        .All(entry => Path.GetFileName(entry).StartsWith(MakingSuffix, StringComparison.Ordinal) && Directory.Exists(entry));

    // A folder that is there may be a working directory or a mount, which can't be replaced; the commit comes last.
    private static void Publish(string made, string place)
    {
        if (!Directory.Exists(place))
        {
            Directory.Move(made, place);
            return;
        }

        var moved = new List<string>();
        try
        {
            foreach (string file in Directory.GetFiles(made).OrderBy(file => Path.GetFileName(file).StartsWith(IndexFileNames.SEGMENTS, StringComparison.Ordinal)))
            {
                string to = Path.Combine(place, Path.GetFileName(file));
                File.Move(file, to);
                moved.Add(to);
            }
        }
        catch
        {
            foreach (string file in moved) File.Delete(file);
            throw;
        }
    }

    // The first exception says what went wrong; the folder is deleted anyway.
    private static void GiveUp(IndexWriter writer)
    {
        try
        {
            writer.Rollback();
        }
        catch (Exception)
        {
        }
    }

    private static IEnumerable<string> Parents(string place)
    {
        for (string? parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(place)); parent is not null; parent = Path.GetDirectoryName(parent))
            yield return parent;
    }

    private static bool IsEmpty(string folder) => Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any();

    private static async Task<T> WriteAsync<T>(string folder, Func<IndexWriter, Task<T>> write, Action<DirectoryReader>? check)
    {
        // Lucene would say of a folder that can't be made that its lock isn't to be had.
        Directory.CreateDirectory(folder);
        using FSDirectory directory = FSDirectory.Open(folder);
        using var analyzer = new StandardAnalyzer(LuceneVersion.LUCENE_48);
        T result;
        var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer)
        {
            OpenMode = OpenMode.CREATE,
        });
        try
        {
            result = await write(writer).ConfigureAwait(false);
            writer.Dispose();
        }
        catch
        {
            GiveUp(writer);
            throw;
        }

        using DirectoryReader reader = DirectoryReader.Open(directory);
        check?.Invoke(reader);
        return result;
    }
}
