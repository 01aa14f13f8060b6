using System.Security.Cryptography;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Reindexing.Vectors;

/// <summary>
/// One hash over the texts' hashes of a segment in the order of its documents. Two segments with the same one have the
/// same texts in the same places.
/// </summary>
internal sealed class OrderHash : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The same of a segment that was written.</summary>
    public static byte[] Of(AtomicReader segment, IReadOnlyList<ReindexMapping> mappings)
    {
        using var order = new OrderHash();
        BinaryDocValues?[] columns = [.. mappings.Select(mapping => segment.GetBinaryDocValues(mapping.HashField))];
        var value = new BytesRef();
        for (int document = 0; document < segment.MaxDoc; document++)
        {
            foreach (BinaryDocValues? column in columns) order.Add(HashIn(column, document, value));
        }

        return order.Finish();
    }

    /// <summary>The hash that a document has; default where it has none.</summary>
    public static TextHash HashIn(BinaryDocValues? column, int document, BytesRef value)
    {
        column?.Get(document, value);
        return column is not null && value.Length == TextHash.Size
            ? TextHash.Read(value.Bytes.AsSpan(value.Offset, value.Length)) : default;
    }

    /// <summary>The hashes of the texts that a segment of a complete target has the vectors of.</summary>
    public static IEnumerable<TextHash> HashesIn(AtomicReader segment, IReadOnlyList<ReindexMapping> mappings)
    {
        foreach (ReindexMapping mapping in mappings)
        {
            BinaryDocValues? hashes = segment.GetBinaryDocValues(mapping.HashField);
            var value = new BytesRef();
            for (int document = 0; document < segment.MaxDoc; document++)
            {
                TextHash hash = HashIn(hashes, document, value);
                if (hash != default) yield return hash;
            }
        }
    }

    public void Add(TextHash hash)
    {
        Span<byte> bytes = stackalloc byte[TextHash.Size];
        hash.Write(bytes);
        _sha256.AppendData(bytes);
    }

    public byte[] Finish() => _sha256.GetHashAndReset();

    public void Dispose() => _sha256.Dispose();
}
