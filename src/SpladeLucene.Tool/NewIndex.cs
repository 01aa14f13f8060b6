using Lucene.Net.Analysis.Standard;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Directory = System.IO.Directory;

namespace SpladeLucene.Tool;

/// <summary>An index that is made in a folder beside its place, and takes its name once it is complete.</summary>
internal static class NewIndex
{
    /// <summary>Makes it; where that ends before, nothing is left behind.</summary>
    /// <param name="folder">Its place; an empty folder may be there.</param>
    /// <param name="write">Adds the documents.</param>
    /// <param name="check">Looks at the index before it takes its place.</param>
    /// <exception cref="InvalidDataException">There is something in its place already.</exception>
    public static async Task<T> MakeAsync<T>(string folder, Func<IndexWriter, Task<T>> write, Action<DirectoryReader>? check = null)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new InvalidDataException($"'{folder}' is there already; a new index is made.");
        string made = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + $".making-{Environment.ProcessId}";
        try
        {
            T result = await WriteAsync(made, write, check).ConfigureAwait(false);
            if (Directory.Exists(folder)) Directory.Delete(folder);
            Directory.Move(made, folder);
            return result;
        }
        finally
        {
            if (Directory.Exists(made)) Directory.Delete(made, recursive: true);
        }
    }

    private static async Task<T> WriteAsync<T>(string folder, Func<IndexWriter, Task<T>> write, Action<DirectoryReader>? check)
    {
        using FSDirectory directory = FSDirectory.Open(folder);
        using var analyzer = new StandardAnalyzer(LuceneVersion.LUCENE_48);
        T result;
        using (var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer)))
        {
            try
            {
                result = await write(writer).ConfigureAwait(false);
            }
            catch
            {
                writer.Rollback();
                throw;
            }
        }

        using DirectoryReader reader = DirectoryReader.Open(directory);
        check?.Invoke(reader);
        return result;
    }
}
