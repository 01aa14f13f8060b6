using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Evaluation;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Tool.Indexing;
using Directory = System.IO.Directory;

namespace SpladeLucene.Tool.Exporting;

/// <summary>Where an export reads, and where it may write.</summary>
internal static class ExportPlaces
{
    // Of Windows and macOS one file has many spellings.
    private static readonly StringComparer Names = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>Whether the path is a folder with an index.</summary>
    public static bool IsIndex(string path)
    {
        if (!Directory.Exists(path)) return false;
        using FSDirectory directory = FSDirectory.Open(path);
        return DirectoryReader.IndexExists(directory);
    }

    /// <summary>Opens the place that was asked for.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="writer">Where it goes if no file is named.</param>
    /// <exception cref="InvalidDataException">The file is a folder, is read, or lies in the index.</exception>
    /// <exception cref="DirectoryNotFoundException">The file is in no folder.</exception>
    public static ExportOutput Open(ExportRequest request, TextWriter writer)
    {
        if (request.To is { } to && Read(request).Select(IndexFolder.RealPath).Contains(IndexFolder.RealPath(to), Names)) throw new InvalidDataException($"'{to}' is read and can't be written too.");
        foreach (string made in new[] { request.To, request.Vocabulary }.OfType<string>().Where(file => IsInTheIndex(file, request.Source)))
            throw new InvalidDataException($"'{made}' lies in the index, which is only read; a file beside it can be written.");
        return ExportOutput.Open(request.To, writer);
    }

    private static IEnumerable<string> Read(ExportRequest request)
    {
        foreach (string place in new[] { request.Source, request.Queries, request.Vocabulary }.OfType<string>()) yield return place;
        if (IsFolderOfTexts(request.Source))
        {
            foreach (string file in TextSource.FilesIn(request.Source)) yield return file;
        }

        string asked = request.Queries ?? request.Source;
        if (IsFolderOfTexts(asked) && TestCollection.FindQueriesIn(asked) is { } queries) yield return queries;
    }

    private static bool IsFolderOfTexts(string place) => Directory.Exists(place) && !IsIndex(place);

    private static bool IsInTheIndex(string file, string source) => IsIndex(source)
        && Names.Equals(Path.GetDirectoryName(IndexFolder.RealPath(file)), IndexFolder.RealPath(source));
}
