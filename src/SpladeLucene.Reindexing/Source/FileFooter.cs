using System.Buffers.Binary;
using Lucene.Net.Codecs;

namespace SpladeLucene.Reindexing.Source;

/// <summary>What Lucene 4.8 writes at the end of each of its files: a mark, and the checksum of all that stands before.</summary>
internal static class FileFooter
{
    /// <param name="path">The file, which a writer may be taking away.</param>
    /// <returns>Its bytes; null where the file has none, because an older version wrote it or its end is missing.</returns>
    public static byte[]? Read(string path)
    {
        byte[] footer = new byte[CodecUtil.FooterLength()];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length < footer.Length) return null;
        file.Seek(-footer.Length, SeekOrigin.End);
        file.ReadExactly(footer);
        bool marked = BinaryPrimitives.ReadInt32BigEndian(footer) == CodecUtil.FOOTER_MAGIC
            && BinaryPrimitives.ReadInt32BigEndian(footer.AsSpan(sizeof(int))) == 0;
        return marked ? footer : null;
    }
}
