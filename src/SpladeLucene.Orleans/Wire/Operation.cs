using System.Text;
using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace SpladeLucene.Wire;

/// <summary>
/// What is done to one key, in the bytes that travel, that a log keeps and that a replica applies: made once, where the text is
/// encoded. Applying it again changes nothing.
/// </summary>
/// <param name="Key">The key.</param>
/// <param name="Stored">What the document brings along; null where it is deleted.</param>
/// <param name="Vectors">Its vectors.</param>
/// <param name="Words">Its words, where the index has any.</param>
internal sealed record Operation(
    string Key, IReadOnlyDictionary<string, string>? Stored, FieldVector[] Vectors, TextWords? Words = null)
{
    /// <summary>The longest, in bytes, and how much is written at once.</summary>
    public const int MostBytes = 8 << 20;

    // It has a place for the text, which nobody reads: it is empty.
    private const byte Format = 2;
    private const byte FormatWithoutText = 3;
    private const int MostVectors = 2;
    private const int LongestTerm = 32_766;
    // All halves of characters would become one key.
    private static readonly UTF8Encoding Text = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Puts a document in its key's place.</summary>
    public static Operation Put(ClusterDocument document, FieldVector[] vectors, TextWords? words = null) =>
        new(document.Key, document.Stored ?? NoFields, vectors, words);

    /// <summary>Deletes what has the key.</summary>
    public static Operation Delete(string key) => new(key, null, []);

    /// <summary>The key as Lucene has it.</summary>
    public Term Term => new(SpladeClusterOptions.KeyField, Key);

    /// <summary>The document as Lucene has it; null for a deletion.</summary>
    /// <exception cref="ArgumentException">A term of the vector is too long or reserved, or a word too long.</exception>
    /// <exception cref="InvalidDataException">A stored field has a name of the index's own, the model is none, or the document has words
    /// and the index hasn't, or the other way round.</exception>
    public Document? ToLucene(SpladeClusterOptions options)
    {
        if (Stored is null) return null;
        var made = new Document { new StringField(SpladeClusterOptions.KeyField, Key, Field.Store.YES) };
        AddVectors(made, options);
        AddWords(made, options);
        foreach ((string name, string value) in Stored)
        {
            if (IsOwn(name, options) || Vectors.Any(vector => vector.Field == name))
                throw new InvalidDataException($"'{name}' is the index's own field; store the value under another name.");
            made.Add(new StoredField(name, value));
        }

        return made;
    }

    /// <summary>Refuses a key that Lucene would, or would take for another.</summary>
    /// <exception cref="ArgumentException">It is empty or too long, or no text.</exception>
    public static void CheckKey(string key)
    {
        try
        {
            if (!string.IsNullOrEmpty(key) && Text.GetByteCount(key) <= LongestTerm) return;
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException($"A key is a text; '{Start(key)}' has half of a character at {e.Index}.", nameof(key), e);
        }

        throw new ArgumentException($"A key has 1 to {LongestTerm:N0} bytes in UTF-8; '{Start(key)}' hasn't.", nameof(key));
    }

    /// <summary>Refuses bytes that no replica could apply: in a log they would stop it for good.</summary>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">They are no operation of this version, or Lucene refuses the document.</exception>
    public static string Check(byte[] bytes, SpladeClusterOptions options)
    {
        if (bytes.Length > MostBytes) throw new ArgumentException($"An operation has {bytes.Length:N0} bytes; {MostBytes:N0} is the most.", nameof(bytes));
        try
        {
            Operation read = Read(bytes);
            CheckKey(read.Key);
            read.ToLucene(options);
            return read.Key;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or FormatException or OverflowException)
        {
            throw new ArgumentException($"An operation can't be applied: {e.Message}", nameof(bytes), e);
        }
    }

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes);
        to.Write(Format);
        to.Write(Key);
        to.Write(Stored is not null);
        if (Stored is not null) WriteDocument(to, Stored);
        to.Flush();
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">Another version made the bytes.</exception>
    public static Operation Read(byte[] bytes)
    {
        using var from = new BinaryReader(new MemoryStream(bytes, writable: false));
        byte format = from.ReadByte();
        if (format is not (Format or FormatWithoutText))
            throw new InvalidDataException($"An operation has the format {format}; this version reads {Format} and {FormatWithoutText}.");
        string key = from.ReadString();
        if (!from.ReadBoolean()) return Delete(key);
        if (format == Format) from.ReadString();
        var stored = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int fields = from.ReadInt32(); fields > 0; fields--) stored[from.ReadString()] = from.ReadString();
        int vectors = from.ReadByte();
        if (vectors is 0 or > MostVectors) throw new InvalidDataException($"A document has one vector or {MostVectors}, not {vectors}.");
        FieldVector[] read = [.. Enumerable.Range(0, vectors).Select(_ => FieldVector.Read(from))];
        return new Operation(key, stored, read, from.ReadBoolean() ? TextWords.Read(from) : null);
    }

    private static IReadOnlyDictionary<string, string> NoFields { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    private static bool IsOwn(string name, SpladeClusterOptions options) => name == SpladeClusterOptions.KeyField
        || options.Fields.Contains(name, StringComparer.Ordinal) || (name == SpladeClusterOptions.WordsField && options.HasWords);

    // In the fields that the client says: silos may not have been told of a change of models.
    private void AddVectors(Document made, SpladeClusterOptions options)
    {
        foreach (FieldVector vector in Vectors)
        {
            if (vector.Field is "" or SpladeClusterOptions.KeyField or SpladeClusterOptions.WordsField)
                throw new InvalidDataException($"'{vector.Field}' can't be the field of impacts.");
            made.Add(vector.ToLucene(options.Format));
        }

        if (Vectors.DistinctBy(vector => vector.Field, StringComparer.Ordinal).Count() < Vectors.Length)
            throw new InvalidDataException("a field has one vector.");
    }

    private void AddWords(Document made, SpladeClusterOptions options)
    {
        if (options.HasWords != Words is not null)
        {
            throw new InvalidDataException($"it comes {(Words is null ? "without" : "with")} words, which the index "
                + $"{(options.HasWords ? "has" : "hasn't")}; give clients and silos the same {nameof(SpladeClusterOptions.AnalyzerFactory)}.");
        }

        if (Words is null) return;
        made.Add(new WordsField(SpladeClusterOptions.WordsField, Words));
        // Lucene knows the length of all documents together only with the deleted ones.
        made.Add(new NumericDocValuesField(SpladeClusterOptions.WordsField, Words.Length));
    }

    private void WriteDocument(BinaryWriter to, IReadOnlyDictionary<string, string> stored)
    {
        to.Write("");
        to.Write(stored.Count);
        foreach ((string name, string value) in stored)
        {
            to.Write(name);
            to.Write(value);
        }

        to.Write((byte)Vectors.Length);
        foreach (FieldVector vector in Vectors) vector.Write(to);
        to.Write(Words is not null);
        Words?.Write(to);
    }

    private static string Start(string? key) => key is { Length: > 40 } ? key[..40] + "…" : key ?? "";
}
