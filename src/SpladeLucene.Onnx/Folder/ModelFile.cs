using System.Text;

namespace SpladeLucene.Onnx.Folder;

/// <summary>Reads a model's text files, strictly: what is not UTF-8 is refused instead of replaced.</summary>
internal static class ModelFile
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The whole file without a byte order mark.</summary>
    /// <exception cref="ModelLoadException">It is missing, unreadable or not UTF-8.</exception>
    public static string ReadText(string path)
    {
        try
        {
            return Strict.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new ModelLoadException(path, $"byte {e.Index} is not UTF-8", "text in UTF-8", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelLoadException(path, "the file does not exist", "it there", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException(path, $"the file cannot be read ({e.Message})", "a readable file", e);
        }
    }
}
