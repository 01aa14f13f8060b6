using Lucene.Net.Util;

namespace SpladeLucene.Reindexing.Carrying;

/// <summary>Ascending numbers of documents as a short text: their gaps, of 7 bits a byte, in base 64.</summary>
internal static class DocumentNumbers
{
    private const int More = 0x80, Bits = 7, MostBits = 28;

    /// <summary>The documents that are deleted.</summary>
    /// <param name="live">The documents that aren't; null where none is deleted.</param>
    /// <param name="documents">How many documents there are.</param>
    public static string OfDeleted(IBits? live, int documents)
    {
        var bytes = new List<byte>();
        int next = 0;
        for (int document = 0; live is not null && document < documents; document++)
        {
            if (live.Get(document)) continue;
            Write(bytes, document - next);
            next = document + 1;
        }

        return Convert.ToBase64String([.. bytes]);
    }

    /// <summary>Reads what <see cref="OfDeleted"/> wrote.</summary>
    /// <exception cref="FormatException">It isn't that, or there are numbers beyond the documents.</exception>
    public static int[] Read(string text, int documents)
    {
        var numbers = new List<int>();
        long next = 0, gap = 0;
        int shift = 0;
        foreach (byte one in Convert.FromBase64String(text))
        {
            if (shift > MostBits) throw new FormatException("A gap is too long.");
            gap |= (long)(one & (More - 1)) << shift;
            shift += Bits;
            if (one >= More) continue;
            if (next + gap >= documents) throw new FormatException($"There is no document {next + gap}.");
            numbers.Add((int)(next + gap));
            (next, gap, shift) = (next + gap + 1, 0, 0);
        }

        return shift == 0 ? [.. numbers] : throw new FormatException("The last gap is cut off.");
    }

    private static void Write(List<byte> bytes, int gap)
    {
        for (; gap >= More; gap >>= Bits) bytes.Add((byte)(gap | More));
        bytes.Add((byte)gap);
    }
}
