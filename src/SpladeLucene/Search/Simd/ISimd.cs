using System.Runtime.Intrinsics;

namespace SpladeLucene.Search.Simd;

/// <summary>
/// The three loops that vectors speed up, at one vector width. Every implementation gives the same results; a width the
/// processor lacks still works, only slower.
/// </summary>
internal interface ISimd
{
    /// <summary>How many sums or blocks one call looks at: the bits of a mask.</summary>
    const int Batch = 64;

    /// <summary>How many ids one call of <see cref="Within"/> looks at.</summary>
    const int IdBatch = 32;

    /// <summary>Bit i says whether <c>sums[i] ≥ least</c>, for 64 sums.</summary>
    static abstract ulong AtLeast(ref int sums, int least);

    /// <summary><c>bounds[i] += weight × row[i]</c>, for 64 blocks.</summary>
    static abstract void AddScaled(ref byte row, ref int bounds, int weight);

    /// <summary>Bit i says whether <c>first ≤ ids[i] &lt; first + count</c>, for 32 ids.</summary>
    static abstract uint Within(ref ushort ids, ushort first, ushort count);
}

/// <summary>Which implementation of <see cref="ISimd"/> a search runs on.</summary>
internal enum VectorWidth
{
    Portable = 0,
    Bits128 = 128,
    Bits256 = 256,
    Bits512 = 512,
}

/// <summary>Chooses a <see cref="VectorWidth"/>.</summary>
internal static class VectorWidths
{
    /// <summary>The widest that this processor has.</summary>
    public static readonly VectorWidth Best =
        Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256
        : Vector128.IsHardwareAccelerated ? VectorWidth.Bits128
        : VectorWidth.Portable;
}
