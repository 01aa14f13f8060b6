using System.Text;

namespace SpladeLucene.Benchmarks.Collections;

/// <summary>
/// Collections of impacts: "SPV1", u32 terms, u32 documents, u64 postings; per term u16 length and UTF-8 bytes; per
/// document u16 n, n × u16 term numbers, ascending, n × u8 impacts. Little endian.
/// </summary>
internal static class SpvFile
{
    public const string Extension = ".spv";

    public static ReadOnlySpan<byte> Mark => "SPV1"u8;

    /// <summary>How many documents and postings a collection has.</summary>
    /// <exception cref="InvalidDataException">It is no collection.</exception>
    public static (int Documents, long Postings) SizeOf(string file)
    {
        using BinaryReader reader = Open(file);
        return SizeOf(reader, file, out _);
    }

    /// <summary>The documents, in order: their terms and impacts, valid until the next one is asked for.</summary>
    /// <exception cref="InvalidDataException">It is no collection, or not a whole one.</exception>
    public static IEnumerable<(List<string> Terms, List<byte> Impacts)> Read(string file)
    {
        using BinaryReader reader = Open(file);
        (int documents, _) = SizeOf(reader, file, out string[] vocabulary);
        for (int i = 0; i < vocabulary.Length; i++)
            vocabulary[i] = Encoding.UTF8.GetString(reader.ReadBytes(reader.ReadUInt16()));
        var terms = new List<string>();
        var impacts = new List<byte>();
        for (int document = 0; document < documents; document++)
        {
            if (!TryRead(reader, vocabulary, terms, impacts))
                throw new InvalidDataException($"{file} ends in document {document + 1} of {documents}.");
            yield return (terms, impacts);
        }
    }

    private static bool TryRead(BinaryReader reader, string[] vocabulary, List<string> terms, List<byte> impacts)
    {
        terms.Clear();
        impacts.Clear();
        try
        {
            int count = reader.ReadUInt16();
            for (int i = 0; i < count; i++) terms.Add(vocabulary[reader.ReadUInt16()]);
            for (int i = 0; i < count; i++) impacts.Add(reader.ReadByte());
            return true;
        }
        catch (EndOfStreamException)
        {
            return false;
        }
    }

    private static BinaryReader Open(string file) => new(new BufferedStream(File.OpenRead(file), 1 << 20));

    private static (int Documents, long Postings) SizeOf(BinaryReader reader, string file, out string[] vocabulary)
    {
        if (!reader.ReadBytes(Mark.Length).AsSpan().SequenceEqual(Mark))
            throw new InvalidDataException($"{file} is no collection: it doesn't begin with SPV1.");
        vocabulary = new string[reader.ReadUInt32()];
        return ((int)reader.ReadUInt32(), (long)reader.ReadUInt64());
    }
}
