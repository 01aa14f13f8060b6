using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Impacts.Files;

/// <summary>
/// Tells one segment's field from every other one's, deletions left out, which impacts hold: by the name, the length and the
/// checksum of each of its files, and by what its open reader says of it, which a segment of the same name that has taken its
/// place meanwhile says differently.
/// </summary>
/// <param name="Hash">SHA-256 of all that.</param>
/// <param name="Documents">The segment's documents, deleted ones too.</param>
/// <param name="Home">Where it lies.</param>
internal sealed record SegmentKey(byte[] Hash, int Documents, SegmentHome Home)
{
    public const int HashBytes = SHA256.HashSizeInBytes;

    private const string InfoExtension = ".si";

    /// <param name="reader">The segment.</param>
    /// <param name="field">The field.</param>
    /// <param name="blocks">Whether it has block maxima.</param>
    /// <param name="impacts">The folder of the impacts.</param>
    /// <exception cref="IOException">A file is gone, can't be read, or was written without a checksum.</exception>
    public static SegmentKey Of(SegmentReader reader, string field, bool blocks, string impacts)
    {
        SegmentInfo segment = reader.SegmentInfo.Info;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{FileHeader.Version} {blocks} {field.Length} {field}\n");
        text.Append(CultureInfo.InvariantCulture, $"{segment.Name} {segment.DocCount} {segment.Version}\n");
        foreach ((string name, string value) in segment.Diagnostics.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{name.Length} {name} {value.Length} {value}\n");
        Terms terms = reader.GetTerms(field);
        text.Append(CultureInfo.InvariantCulture,
            $"{terms.Count} {terms.DocCount} {terms.SumDocFreq} {terms.SumTotalTermFreq}\n");
        SegmentHome? home = null;
        foreach (string name in segment.GetFiles().Order(StringComparer.Ordinal))
        {
            using IndexInput input = segment.Dir.OpenInput(name, IOContext.READ_ONCE);
            long checksum = CodecUtil.RetrieveChecksum(input);
            text.Append(CultureInfo.InvariantCulture, $"{name} {input.Length} {checksum}\n");
            if (name.EndsWith(InfoExtension, StringComparison.Ordinal))
                home = SegmentHome.Of(segment, name, checksum, impacts);
        }

        return new SegmentKey(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), segment.DocCount,
            home ?? throw new IOException($"The segment {segment.Name} has no {InfoExtension}."));
    }
}
