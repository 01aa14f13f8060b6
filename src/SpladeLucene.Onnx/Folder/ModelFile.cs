using System.Text;
using System.Text.Json;

namespace SpladeLucene.Onnx.Folder;

/// <summary>Reads a model's text files, strictly: what is not UTF-8 is refused instead of replaced.</summary>
internal static class ModelFile
{
    /// <summary>The most bytes of a text file. The largest tokenizer.json that is known to be published has 34 million.</summary>
    public const int MostBytes = 1 << 28;

    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Bytes of the file as text.</summary>
    /// <exception cref="ModelLoadException">They are not UTF-8.</exception>
    public static string Decode(string path, byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new ModelLoadException(path, $"byte {e.Index} is not UTF-8", "text in UTF-8", e);
        }
    }

    /// <summary>What a folder holds.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="list">Lists it.</param>
    /// <exception cref="ModelLoadException">It may be entered and not listed.</exception>
    public static string[] List(string folder, Func<string, IEnumerable<string>> list)
    {
        try
        {
            return [.. list(folder)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException(folder, $"the folder cannot be listed ({e.Message})", "a readable folder", e);
        }
    }

    /// <summary>The whole file without a byte order mark.</summary>
    /// <exception cref="ModelLoadException">It is missing, unreadable, too long or not UTF-8.</exception>
    public static string ReadText(string path)
    {
        try
        {
            long length = FileKind.LengthOf(path);
            if (length > MostBytes) throw new ModelLoadException(path, $"the file has {length} bytes", $"{MostBytes} at most");
            return length == 0 ? "" : Decode(path, File.ReadAllBytes(path)).TrimStart('\uFEFF');
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

/// <summary>
/// Refuses half a surrogate pair in a JSON file, which System.Text.Json takes until the string is asked for.
/// </summary>
internal static class JsonStrings
{
    private const string Expected = "text: an escaped surrogate is followed by its other half";

    /// <exception cref="ModelLoadException">A name or a string is no text; the message says where.</exception>
    public static void Require(string path, JsonElement root) => Require(path, root, "");

    private static void Require(string path, JsonElement value, string name)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when !IsText(() => value.GetString()):
                throw new ModelLoadException(path, $"'{name}' is {value.GetRawText()}", Expected);
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray()) Require(path, item, name);
                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    if (!IsText(() => member.Name))
                        throw new ModelLoadException(path, $"{(name.Length == 0 ? "the file" : $"'{name}'")} has the "
                            + $"member {member}", Expected);
                    Require(path, member.Value, name.Length == 0 ? member.Name : $"{name}.{member.Name}");
                }

                break;
        }
    }

    private static bool IsText(Func<string?> read)
    {
        try
        {
            return read() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
