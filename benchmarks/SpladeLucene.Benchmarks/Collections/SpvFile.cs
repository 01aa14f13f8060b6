using System.Text;

namespace SpladeLucene.Benchmarks.Collections;

/// <summary>
/// Collections of impacts: "SPV1", u32 terms, u32 documents, u64 postings; per term u16 length and UTF-8 bytes; per
/// document u16 n, n × u16 term numbers, ascending, n × u8 impacts. Little endian.
/// </summary>
internal static class SpvFile
{
    public const string Extension = ".spv";

    private const int HeaderSize = 20;

    // Wrong bytes must not turn into replacement characters in silence.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ReadOnlySpan<byte> Mark => "SPV1"u8;

    /// <summary>How many documents and postings a collection has.</summary>
    /// <exception cref="InvalidDataException">It is no collection, or has no documents: nothing can be measured.</exception>
    public static (int Documents, long Postings) SizeOf(string file)
    {
        using BinaryReader reader = Open(file);
        (int Documents, long Postings) size = SizeOf(reader, file, out _);
        return size.Documents > 0 ? size : throw new InvalidDataException($"{file} has no documents.");
    }

    /// <summary>The documents, in order: their terms and impacts, valid until the next one is asked for.</summary>
    /// <exception cref="InvalidDataException">It is no collection, or not a whole one.</exception>
    public static IEnumerable<(List<string> Terms, List<byte> Impacts)> Read(string file)
    {
        using BinaryReader reader = Open(file);
        (int documents, long postings) = SizeOf(reader, file, out string[] vocabulary);
        ReadVocabulary(reader, file, vocabulary);
        var terms = new List<string>();
        var impacts = new List<byte>();
        for (int document = 0; document < documents; document++)
        {
            if (!TryRead(reader, file, vocabulary, terms, impacts))
                throw new InvalidDataException($"{file} ends in document {document + 1} of {documents}.");
            postings -= terms.Count;
            yield return (terms, impacts);
        }

        if (postings != 0) throw new InvalidDataException($"{file} has not as many postings as it says.");
    }

    private static void ReadVocabulary(BinaryReader reader, string file, string[] vocabulary)
    {
        for (int i = 0; i < vocabulary.Length; i++)
        {
            byte[] length = reader.ReadBytes(sizeof(ushort));
            byte[] term = length.Length < sizeof(ushort) ? [] : reader.ReadBytes(BitConverter.ToUInt16(length));
            if (length.Length < sizeof(ushort) || term.Length < BitConverter.ToUInt16(length))
                throw new InvalidDataException($"{file} ends in term {i + 1} of {vocabulary.Length}.");
            vocabulary[i] = Text(term, file, reader.BaseStream.Position - term.Length);
        }
    }

    private static string Text(byte[] term, string file, long place)
    {
        try
        {
            return Strict.GetString(term);
        }
        catch (DecoderFallbackException bad)
        {
            throw new InvalidDataException($"{file} has a term that is not UTF-8, at byte {place + bad.Index} of the file, counted from 0.", bad);
        }
    }

    private static bool TryRead(
        BinaryReader reader, string file, string[] vocabulary, List<string> terms, List<byte> impacts)
    {
        terms.Clear();
        impacts.Clear();
        try
        {
            int count = reader.ReadUInt16(), last = -1;
            for (int i = 0; i < count; i++)
            {
                int term = reader.ReadUInt16();
                if (term >= vocabulary.Length || term <= last)
                    throw new InvalidDataException($"{file} has term {term} after {last}, of {vocabulary.Length} terms.");
                terms.Add(vocabulary[last = term]);
            }

            for (int i = 0; i < count; i++)
            {
                impacts.Add(reader.ReadByte());
                if (impacts[i] == 0) throw new InvalidDataException($"{file} has an impact of 0 for the term '{terms[i]}'; impacts are 1 to 255.");
            }

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
        byte[] sizes = reader.ReadBytes(HeaderSize - Mark.Length);
        if (sizes.Length < HeaderSize - Mark.Length) throw new InvalidDataException($"{file} ends in its header.");
        uint terms = BitConverter.ToUInt32(sizes), documents = BitConverter.ToUInt32(sizes, 4);
        ulong postings = BitConverter.ToUInt64(sizes, 8);
        // What a file says of itself is compared with what can be in it before anything is made of that size.
        ulong rest = (ulong)reader.BaseStream.Length - HeaderSize;
        if (terms > ushort.MaxValue + 1 || documents > int.MaxValue || postings > rest / 3
            || (2UL * terms) + (2UL * documents) + (3 * postings) > rest)
            throw new InvalidDataException($"{file} says that it has {terms} terms, {documents} documents and {postings} "
                + "postings, which it has no room for.");
        vocabulary = new string[terms];
        return ((int)documents, (long)postings);
    }
}
