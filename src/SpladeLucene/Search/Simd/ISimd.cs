using System.Runtime.Intrinsics;

namespace SpladeLucene.Search.Simd;

/// <summary>
/// The loops that vectors speed up, at one vector width. Every implementation gives the same results; a width the
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

    /// <summary>The same of 64 bounds.</summary>
    static abstract ulong AtLeast(ref ushort bounds, ushort least);

    /// <summary><c>bounds[i] += weight × level i</c>, for 64 blocks whose levels stand in 32 bytes: those of the first 32 in
    /// their low halves, those of the others in their high ones. Nothing over 65,535 may come of it.</summary>
    static abstract void AddLevels(ref byte levels, ref ushort bounds, ushort weight);

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
