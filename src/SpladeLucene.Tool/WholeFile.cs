using System.Text;

namespace SpladeLucene.Tool;

/// <summary>Reads a text file as a whole, whatever it says of its length.</summary>
internal static class WholeFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="path">The file; a device may be endless.</param>
    /// <param name="most">The bytes that it may have; more are never held.</param>
    /// <returns>The text without a byte order mark.</returns>
    /// <exception cref="InvalidDataException">It is longer, or not UTF-8; the reason as a part of a sentence.</exception>
    public static string ReadText(string path, int most)
    {
        using FileStream file = File.OpenRead(path);
        using var content = new MemoryStream(file.CanSeek ? (int)Math.Min(file.Length, most) : 0);
        byte[] part = new byte[1 << 16];
        while (file.Read(part) is var read and > 0)
        {
            if (content.Length + read > most) throw new InvalidDataException($"it is longer than {most >> 20} MiB");
            content.Write(part, 0, read);
        }

        try
        {
            return Strict.GetString(content.GetBuffer(), 0, (int)content.Length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException bad)
        {
            throw new InvalidDataException($"byte {bad.Index + 1} is not UTF-8", bad);
        }
    }
}
