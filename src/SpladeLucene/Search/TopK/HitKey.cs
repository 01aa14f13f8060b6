namespace SpladeLucene.Search.TopK;

/// <summary>
/// A hit as one number whose order is the order of hits: by falling score, then by rising document id. The upper half
/// is the score's bits (scores are not negative, so their bits are ordered as they are), the lower one the complement
/// of the id. No two hits have the same key.
/// </summary>
internal static class HitKey
{
    public static ulong Of(float score, int doc) =>
        ((ulong)BitConverter.SingleToUInt32Bits(score) << 32) | ~(uint)doc;

    public static float Score(ulong key) => BitConverter.UInt32BitsToSingle((uint)(key >> 32));

    public static int Doc(ulong key) => (int)~(uint)key;

    /// <summary>A key that this hit and every hit before it are at or over; negative scores lie behind all.</summary>
    public static ulong After(float score, int doc) => float.IsNegative(score) ? 0 : Of(score, doc);

    /// <summary>A key just below that of every hit which scores at least <paramref name="score"/>.</summary>
    public static ulong Below(float score) =>
        score <= 0 ? 0 : ((ulong)BitConverter.SingleToUInt32Bits(score) << 32) - 1;
}
