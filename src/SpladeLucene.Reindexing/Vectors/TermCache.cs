using System.Text;

namespace SpladeLucene.Reindexing.Vectors;

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
