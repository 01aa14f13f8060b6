using System.Text;
using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace SpladeLucene.Wire;

/// <summary>
/// What is done to one key, in the bytes that travel, that a log keeps and that a replica applies: made once, where the text is
/// encoded. Applying it again changes nothing.
/// </summary>
internal sealed record Operation(string Key, ClusterDocument? Document, SparseVector Vector, string Model)
{
    /// <summary>The longest, in bytes, and how much is written at once.</summary>
    public const int MostBytes = 8 << 20;

    private const byte Format = 1;
    private const int LongestTerm = 32_766;

    /// <summary>Puts a document in its key's place.</summary>
    public static Operation Put(ClusterDocument document, SparseVector vector, ModelFingerprint model) =>
        new(document.Key, document, vector, model.ToString());

    /// <summary>Deletes what has the key.</summary>
    public static Operation Delete(string key) => new(key, null, SparseVector.Empty, "");

    /// <summary>The key as Lucene has it.</summary>
    public Term Term => new(SpladeClusterOptions.KeyField, Key);

    /// <summary>The document as Lucene has it; null for a deletion.</summary>
    /// <exception cref="ArgumentException">A term of the vector is too long or reserved.</exception>
    /// <exception cref="InvalidDataException">A stored field has a name of the index's own, or the model is none.</exception>
    public Document? ToLucene(SpladeClusterOptions options)
    {
        if (Document is null) return null;
        if (!ModelFingerprint.TryParse(Model, out ModelFingerprint? model))
            throw new InvalidDataException($"'{Model}' is no model's fingerprint.");
        var made = new Document
        {
            new StringField(SpladeClusterOptions.KeyField, Key, Field.Store.YES),
            new SpladeField(options.Field, Vector, model, options.Format),
        };
        foreach ((string name, string value) in Document.Stored ?? NoFields)
        {
            if (name == SpladeClusterOptions.KeyField || name == options.Field)
                throw new InvalidDataException($"'{name}' is the index's own field; store the value under another name.");
            made.Add(new StoredField(name, value));
        }

        return made;
    }

    /// <summary>Refuses a key that Lucene would.</summary>
    /// <exception cref="ArgumentException">It is empty or too long.</exception>
    public static void CheckKey(string key)
    {
        if (string.IsNullOrEmpty(key) || Encoding.UTF8.GetByteCount(key) > LongestTerm)
            throw new ArgumentException($"A key has 1 to {LongestTerm:N0} bytes in UTF-8; '{Start(key)}' hasn't.", nameof(key));
    }

    /// <summary>Refuses bytes that no replica could apply: in a log they would stop it for good.</summary>
    /// <exception cref="ArgumentException">They are no operation of this version, or Lucene refuses the document.</exception>
    public static void Check(byte[] bytes, SpladeClusterOptions options)
    {
        if (bytes.Length > MostBytes) throw new ArgumentException($"An operation has {bytes.Length:N0} bytes; {MostBytes:N0} is the most.", nameof(bytes));
        try
        {
            Operation read = Read(bytes);
            CheckKey(read.Key);
            read.ToLucene(options);
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
        to.Write(Document is not null);
        if (Document is not null) WriteDocument(to, Document);
        to.Flush();
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">Another version made the bytes.</exception>
    public static Operation Read(byte[] bytes)
    {
        using var from = new BinaryReader(new MemoryStream(bytes, writable: false));
        if (from.ReadByte() is var format and not Format)
            throw new InvalidDataException($"An operation has the format {format}; this version reads {Format}.");
        string key = from.ReadString();
        if (!from.ReadBoolean()) return Delete(key);
        string text = from.ReadString();
        var stored = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int fields = from.ReadInt32(); fields > 0; fields--) stored[from.ReadString()] = from.ReadString();
        string model = from.ReadString();
        int count = from.ReadInt32();
        if (count < 0 || count > bytes.Length) throw new InvalidDataException($"A vector in {bytes.Length:N0} bytes has no {count:N0} terms.");
        var terms = new SparseTerm[count];
        for (int i = 0; i < terms.Length; i++) terms[i] = new SparseTerm(from.ReadString(), from.ReadSingle());
        return new Operation(key, new ClusterDocument(key, text, stored), SparseVector.Create(terms), model);
    }

    private static IReadOnlyDictionary<string, string> NoFields { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    private void WriteDocument(BinaryWriter to, ClusterDocument document)
    {
        to.Write(document.Text);
        IReadOnlyDictionary<string, string> stored = document.Stored ?? NoFields;
        to.Write(stored.Count);
        foreach ((string name, string value) in stored)
        {
            to.Write(name);
            to.Write(value);
        }

        to.Write(Model);
        to.Write(Vector.Count);
        foreach (SparseTerm term in Vector.AsSpan())
        {
            to.Write(term.Term);
            to.Write(term.Weight);
        }
    }

    private static string Start(string? key) => key is { Length: > 40 } ? key[..40] + "…" : key ?? "";
}
