using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SpladeLucene.Impacts.Files;

/// <summary>
/// The first <see cref="Length"/> bytes of an <see cref="ImpactFile"/>: what it is, whose it is, how long its sections are, the
/// checksum of all that follows, and one of itself. Little-endian, as everything in the file.
/// </summary>
/// <param name="Key">The segment's.</param>
/// <param name="Documents">The segment's documents, deleted ones too.</param>
/// <param name="Sections">What follows.</param>
/// <param name="Content">The checksum of what follows.</param>
internal sealed record FileHeader(byte[] Key, int Documents, FileSections Sections, FileChecksum Content)
{
    public const int Length = 4096;

    /// <summary>Counts up with every change of what stands in a file, of the hash of terms and of the layout of impacts.</summary>
    public const int Version = 2;

    // Far more than a segment has, and little enough that all of them can be added up.
    private const long LongestSection = 1L << 48;

    private const int VersionAt = 8, DocumentsAt = 12, KeyAt = 16, ContentAt = 48, SectionsAt = 64, ChecksumAt = Length - sizeof(uint);

    private static ReadOnlySpan<byte> Magic => "SPLADEIM"u8;

    public void Write(Span<byte> header)
    {
        header[..Length].Clear();
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[VersionAt..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[DocumentsAt..], Documents);
        Key.CopyTo(header[KeyAt..]);
        MemoryMarshal.Write(header[ContentAt..], Content);
        for (int i = 0; i < FileSections.Count; i++)
            BinaryPrimitives.WriteInt64LittleEndian(header[(SectionsAt + (i * sizeof(long)))..], Sections.BytesOf((FileSection)i));
        BinaryPrimitives.WriteUInt32LittleEndian(header[ChecksumAt..], FileChecksum.Of(header[..ChecksumAt]));
    }

    /// <param name="header">The beginning of a file.</param>
    /// <param name="problem">Why it is none; null where it is one.</param>
    public static FileHeader? Read(ReadOnlySpan<byte> header, out string? problem)
    {
        problem = header.Length < Length ? "it is cut off"
            : !header.StartsWith(Magic) ? "it holds no impacts"
            : FileChecksum.Of(header[..ChecksumAt]) != BinaryPrimitives.ReadUInt32LittleEndian(header[ChecksumAt..])
                ? "its header is damaged"
            : BinaryPrimitives.ReadInt32LittleEndian(header[VersionAt..]) != Version ? "it is of another version"
            : null;
        if (problem is not null) return null;
        long[] bytes = MemoryMarshal.Cast<byte, long>(header.Slice(SectionsAt, FileSections.Count * sizeof(long))).ToArray();
        if (bytes.Any(length => length is < 0 or > LongestSection))
        {
            problem = "its header says what can't be";
            return null;
        }

        return new FileHeader(
            header.Slice(KeyAt, SegmentKey.HashBytes).ToArray(),
            BinaryPrimitives.ReadInt32LittleEndian(header[DocumentsAt..]),
            FileSections.Place(Length, section => bytes[(int)section]),
            MemoryMarshal.Read<FileChecksum>(header[ContentAt..]));
    }
}
