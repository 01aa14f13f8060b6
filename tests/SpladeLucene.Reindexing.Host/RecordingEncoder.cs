using System.Security.Cryptography;
using System.Text;

namespace SpladeLucene.Reindexing.Host;

/// <summary>
/// A slow encoder that writes down what it is asked to encode, a line a call, before it begins. What it has written
/// outlives the process.
/// </summary>
internal sealed class RecordingEncoder(string log, TimeSpan delay) : ISparseEncoder
{
    private readonly WordEncoder _words = new();

    public ModelFingerprint Fingerprint => _words.Fingerprint;

    /// <summary>
    /// The calls that were written down, each with the hashes of its texts; a torn last line is none.
    /// </summary>
    public static string[][] Read(string log)
    {
        if (!File.Exists(log)) return [];
        string text = File.ReadAllText(log);
        string whole = text[..(text.LastIndexOf('\n') + 1)];
        return [.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))];
    }

    /// <summary>How a text is written down.</summary>
    public static string HashOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.Unicode.GetBytes(text)));

    public SparseVector Encode(string text) => _words.Encode(text);

    public async Task<IReadOnlyList<SparseVector>> EncodeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        await File.AppendAllTextAsync(log, string.Join(' ', texts.Select(HashOf)) + '\n', cancellationToken);
        await Task.Delay(delay * texts.Count, cancellationToken);
        return await _words.EncodeAsync(texts, cancellationToken);
    }

    public void Dispose() => _words.Dispose();
}
