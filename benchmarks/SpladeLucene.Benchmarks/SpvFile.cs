using System.Text;
using System.Text.Json;

namespace SpladeLucene.Benchmarks;

/// <summary>
/// Collections of impacts: "SPV1", u32 terms, u32 documents, u64 postings; per term u16 length and UTF-8 bytes; per
/// document u16 n, n × u16 term ids, ascending, n × u8 impacts. Little endian.
/// </summary>
internal static class SpvFile
{
    /// <summary>The documents, in order: their terms and impacts, valid until the next one is asked for.</summary>
    public static IEnumerable<(List<string> Terms, List<byte> Impacts)> Read(string file)
    {
        using var reader = new BinaryReader(new BufferedStream(File.OpenRead(file), 1 << 20));
        if (!reader.ReadBytes(4).AsSpan().SequenceEqual("SPV1"u8))
            throw new ArgumentException($"{file} is no .spv file.");
        var vocabulary = new string[reader.ReadUInt32()];
        uint documents = reader.ReadUInt32();
        reader.ReadUInt64();
        for (int i = 0; i < vocabulary.Length; i++)
            vocabulary[i] = Encoding.UTF8.GetString(reader.ReadBytes(reader.ReadUInt16()));
        var terms = new List<string>();
        var impacts = new List<byte>();
        for (uint document = 0; document < documents; document++)
        {
            terms.Clear();
            impacts.Clear();
            int count = reader.ReadUInt16();
            for (int i = 0; i < count; i++) terms.Add(vocabulary[reader.ReadUInt16()]);
            for (int i = 0; i < count; i++) impacts.Add(reader.ReadByte());
            yield return (terms, impacts);
        }
    }

    /// <summary>Makes an .spv file of JSON lines. Whole weights are impacts, others are quantized.</summary>
    public static void FromJsonLines(string source, string target)
    {
        var ids = new Dictionary<string, ushort>(StringComparer.Ordinal);
        var documents = new List<(ushort Term, byte Impact)[]>();
        foreach (string line in File.ReadLines(source).Where(line => line.Length > 0))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            var document = new List<(ushort, byte)>();
            foreach (JsonProperty weight in json.RootElement.GetProperty("vector").EnumerateObject())
            {
                int impact = weight.Value.TryGetInt32(out int whole)
                    ? Math.Min(whole, ImpactQuantizer.MaxImpact)
                    : ImpactQuantizer.Default.Quantize(weight.Value.GetSingle());
                if (impact == 0) continue;
                if (!ids.TryGetValue(weight.Name, out ushort id)) ids[weight.Name] = id = checked((ushort)ids.Count);
                document.Add((id, (byte)impact));
            }

            documents.Add([.. document.Order()]);
        }

        Write(target, ids.Keys, documents);
    }

    private static void Write(
        string file, Dictionary<string, ushort>.KeyCollection vocabulary, List<(ushort Term, byte Impact)[]> documents)
    {
        using var writer = new BinaryWriter(File.Create(file));
        writer.Write("SPV1"u8);
        writer.Write((uint)vocabulary.Count);
        writer.Write((uint)documents.Count);
        writer.Write((ulong)documents.Sum(document => (long)document.Length));
        foreach (byte[] term in vocabulary.Select(Encoding.UTF8.GetBytes))
        {
            writer.Write((ushort)term.Length);
            writer.Write(term);
        }

        foreach ((ushort Term, byte Impact)[] document in documents)
        {
            writer.Write((ushort)document.Length);
            foreach ((ushort term, _) in document) writer.Write(term);
            foreach ((_, byte impact) in document) writer.Write(impact);
        }
    }
}
