using System.Runtime.Intrinsics;

namespace SpladeLucene.Search.Simd;

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
