using Lucene.Net.Index;
using Lucene.Net.Store;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Source;

/// <summary>Opens the folders of indexes.</summary>
internal static class IndexFolder
{
    /// <summary>
    /// A folder as Lucene sees it, read through streams: mapped files would count as memory of this process, and stored
    /// fields are read from them three times as slowly.
    /// </summary>
    public static Directory Open(string path) => new SimpleFSDirectory(path);

    /// <summary>Opens an index for something that keeps it open; where making that fails, it is closed again.</summary>
    public static T Open<T>(Directory directory, Func<DirectoryReader, T> keeper)
    {
        DirectoryReader reader = DirectoryReader.Open(directory);
        try
        {
            return keeper(reader);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public static IEnumerable<SegmentReader> SegmentsOf(DirectoryReader reader) =>
        reader.Leaves.Select(leaf => (SegmentReader)leaf.AtomicReader);

    /// <summary>Whether there is an index; a folder that isn't there holds none.</summary>
    public static bool Exists(string path)
    {
        if (!System.IO.Directory.Exists(path)) return false;
        using Directory directory = Open(path);
        return DirectoryReader.IndexExists(directory);
    }

    /// <summary>Whether there is nothing at all, or a folder with nothing in it.</summary>
    public static bool IsFree(string path) =>
        !File.Exists(path)
        && (!System.IO.Directory.Exists(path) || !System.IO.Directory.EnumerateFileSystemEntries(path).Any());

    /// <summary>Whether another disk, or part of one, begins at the folder, given without links.</summary>
    public static bool IsMount(string path) =>
        DriveInfo.GetDrives().Any(drive => Path.TrimEndingDirectorySeparator(drive.RootDirectory.FullName) == path);

    /// <summary>The path without any link in it, so that two names of one folder are equal.</summary>
    public static string RealPath(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string? parent = Path.GetDirectoryName(full);
        if (parent is null) return full;
        string real = Path.Combine(RealPath(parent), Path.GetFileName(full));
        var folder = new DirectoryInfo(real);
        bool isLink = folder.LinkTarget is not null;
        return isLink && folder.ResolveLinkTarget(returnFinalTarget: true) is { } end ? RealPath(end.FullName) : real;
    }

    /// <summary>Whether the second folder is the first or lies in it.</summary>
    public static bool Contains(string folder, string other)
    {
        StringComparison comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return string.Equals(folder, other, comparison)
            || other.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, comparison);
    }
}
