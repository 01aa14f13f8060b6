using System.Text;

namespace SpladeLucene.Onnx.Folder;

/// <summary>What lies where a model's file should: what people download by mistake can be told by its first bytes.</summary>
internal static class FileKind
{
    private const int Looked = 64;

    /// <summary>
    /// How many bytes a file has, and where it is a link the file that it leads to; 0 of a device or a pipe, which never ends and may
    /// not even be opened.
    /// </summary>
    /// <exception cref="IOException">It isn't there, or links lead round.</exception>
    public static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target.Length : file.Length;
    }

    /// <summary>In words, as the first half of a sentence; null where nothing is known of it.</summary>
    public static string? Of(string path)
    {
        try
        {
            if (!File.Exists(path) || LengthOf(path) == 0) return null;
            using FileStream file = File.OpenRead(path);
            byte[] head = new byte[Looked];
            int length = file.ReadAtLeast(head, Looked, throwOnEndOfStream: false);
            return Of(head.AsSpan(0, length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Of(ReadOnlySpan<byte> head)
    {
        string text = Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\n', '\r', '\t');
        bool Begins(string with) => text.StartsWith(with, StringComparison.OrdinalIgnoreCase);
        if (Begins("version https://git-lfs")) return "it is a pointer of Git LFS, and not the file itself ('git lfs pull' fetches it)";
        if (Begins("<!doctype") || Begins("<html")) return "it is a web page";
        if (Begins("PK\u0003\u0004")) return "it is a zip file, such as PyTorch's weights";
        return Begins("\u001F\u008B") ? "it is a gzip file" : null;
    }
}
