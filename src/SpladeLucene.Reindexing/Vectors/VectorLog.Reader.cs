using System.Text;
using SpladeLucene.Indexing;

namespace SpladeLucene.Reindexing.Vectors;

internal sealed partial class VectorLog
{
    private const int UsualRecord = 1 << 12;

    /// <summary>Reads vectors out of this log. Owned by one thread.</summary>
    public Reader NewReader() => new(this);

    /// <summary>Reads vectors out of a log, one at a time.</summary>
    internal sealed class Reader(VectorLog log)
    {
        private readonly TermCache _texts = new();
        private readonly List<TermImpact> _terms = [];
        private byte[] _buffer = new byte[UsualRecord];

        /// <summary>The hash of the text that was read last.</summary>
        public TextHash Hash { get; private set; }

        /// <summary>The vector at a place, valid until the next is read.</summary>
        /// <exception cref="InvalidDataException">The record is damaged.</exception>
        public ReadOnlySpan<TermImpact> Read(long place)
        {
            int read = Fill(log._file, place, _buffer);
            int length = read < VectorRecord.HeadSize ? -1 : VectorRecord.ReadHead(_buffer).Length;
            if (length is < TextHash.Size or > VectorRecord.MaxContent) throw Damaged(place);
            int whole = VectorRecord.HeadSize + length;
            if (whole > _buffer.Length)
            {
                _buffer = new byte[whole];
                read = Fill(log._file, place, _buffer);
            }

            ReadOnlySpan<byte> content = _buffer.AsSpan(VectorRecord.HeadSize..Math.Min(whole, read));
            if (VectorRecord.Checksum(content) != VectorRecord.ReadHead(_buffer).Checksum) throw Damaged(place);
            Hash = TextHash.Read(content);
            if (!VectorRecord.TryRead(content, log._spans, _texts, _terms)) throw Damaged(place);
            return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_terms);
        }

        private static InvalidDataException Damaged(long place) =>
            new($"The record at {place} of the vector log is damaged: delete the migration's folder and begin again.");
    }
}

/// <summary>
/// One string for each of a vocabulary's terms, however often it is read. Holds a fixed number of terms; those of a larger
/// vocabulary take each other's places. Owned by one thread.
/// </summary>
internal sealed class TermCache
{
    private const int Slots = 1 << 16;

    private readonly (byte[] Utf8, string Text)[] _terms = new (byte[], string)[Slots];

    public string this[ReadOnlySpan<byte> utf8]
    {
        get
        {
            ref (byte[] Utf8, string Text) slot = ref _terms[VectorRecord.Checksum(utf8) % Slots];
            if (slot.Utf8 is null || !utf8.SequenceEqual(slot.Utf8))
                slot = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
            return slot.Text;
        }
    }
}
