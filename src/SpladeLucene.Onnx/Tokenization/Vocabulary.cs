using System.Text;

namespace SpladeLucene.Onnx.Tokenization;

/// <summary>
/// The entries by id. Some ids of a tokenizer.json have no entry, or an empty one: no term, never a token.
/// </summary>
internal sealed class Vocabulary
{
    private readonly string?[] _entries;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    /// <param name="entries">By id; the entries that are not null or empty are distinct.</param>
    public Vocabulary(string?[] entries)
    {
        _entries = entries;
        for (int id = 0; id < entries.Length; id++)
        {
            if (!string.IsNullOrEmpty(entries[id])) _ids.Add(entries[id]!, id);
        }

        Hash = ModelFingerprint.Hash(Encoding.UTF8.GetBytes(Lines(entries)));
    }

    /// <summary>One more than the largest id: what a graph's last dimension must be.</summary>
    public int Size => _entries.Length;

    /// <summary>The hash of the entries, one a line; a part of <see cref="TokenizerHash"/>.</summary>
    public string Hash { get; }

    public string? this[int id] => _entries[id];

    public bool TryGetId(string entry, out int id) => _ids.TryGetValue(entry, out id);

    public int IdOf(string entry) => _ids[entry];

    /// <summary>
    /// The entries in the form that WordPieceTokenizer reads. Those with a line break in them are left out: a word
    /// never has one.
    /// </summary>
    public Stream ToLines() => new MemoryStream(Encoding.UTF8.GetBytes(
        Lines(_entries.Select(entry => entry.AsSpan().ContainsAny('\r', '\n') ? "" : entry))));

    private static string Lines(IEnumerable<string?> entries) => string.Concat(entries.Select(entry => entry + "\n"));
}
