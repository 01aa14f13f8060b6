using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace SpladeLucene.Impacts.Files;

/// <summary>
/// One field's impacts in one segment as a file that is mapped into memory and read as it is: a <see cref="FileHeader"/>, then
/// the columns of <see cref="SegmentImpacts"/>. Whoever can write it can make a process read what it likes: it is trusted as the
/// index itself is.
/// </summary>
internal static class ImpactFile
{
    /// <summary>Maps a file, and reads all of it once to compare it with its checksum.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The segment that it has to be of.</param>
    /// <param name="problem">Why it isn't to be trusted; null where it is.</param>
    /// <exception cref="IOException">It isn't there, or can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SegmentImpacts? Open(string path, SegmentKey key, out string? problem)
    {
        using SafeFileHandle file = File.OpenHandle(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        FileHeader? header = ReadHeader(file, out problem);
        if (header is null) return null;
        problem = ProblemOf(header, key, RandomAccess.GetLength(file));
        if (problem is not null) return null;
        MemoryOutsideHeap memory = Map(file);
        SegmentImpacts? impacts = null;
        try
        {
            problem = ChecksumOf(memory) != header.Content ? "its content is damaged" : null;
            if (problem is null && (impacts = new FileColumns(memory, header).Impacts()) is null) problem = "it contradicts itself";
            return impacts;
        }
        finally
        {
            if (impacts is null) memory.Dispose();
        }
    }

    /// <summary>Where the segment of a file lies.</summary>
    /// <returns>Null where the file isn't one, or isn't of this version.</returns>
    public static SegmentHome? HomeOf(string path)
    {
        using SafeFileHandle file = File.OpenHandle(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (ReadHeader(file, out _) is not { } header || RandomAccess.GetLength(file) != header.Sections.End) return null;
        if (header.Sections.BytesOf(FileSection.Home) > SegmentHome.MostBytes) return null;
        byte[] home = new byte[header.Sections.BytesOf(FileSection.Home)];
        int read = RandomAccess.Read(file, home, header.Sections.OffsetOf(FileSection.Home));
        return read == home.Length ? SegmentHome.Read(home) : null;
    }

    /// <summary>Maps a file that isn't empty, as long as it is now.</summary>
    public static MemoryOutsideHeap Map(SafeFileHandle file)
    {
        long length = RandomAccess.GetLength(file);
        using var mapped = MemoryMappedFile.CreateFromFile(
            file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        MemoryMappedViewAccessor view = mapped.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        return new MemoryOutsideHeap(view.SafeMemoryMappedViewHandle, view.PointerOffset, length);
    }

    /// <summary>The checksum of all that follows the header.</summary>
    public static unsafe FileChecksum ChecksumOf(MemoryOutsideHeap memory) =>
        FileChecksum.Of(memory.First + FileHeader.Length, memory.Length - FileHeader.Length);

    private static FileHeader? ReadHeader(SafeFileHandle file, out string? problem)
    {
        byte[] header = new byte[FileHeader.Length];
        int read = RandomAccess.Read(file, header, 0);
        return FileHeader.Read(header.AsSpan(0, read), out problem);
    }

    private static string? ProblemOf(FileHeader header, SegmentKey key, long length) =>
        !header.Key.AsSpan().SequenceEqual(key.Hash) || header.Documents != key.Documents ? "it is another segment's"
        : length < header.Sections.End ? "it is cut off"
        : length > header.Sections.End ? "something was added to it"
        : null;
}
