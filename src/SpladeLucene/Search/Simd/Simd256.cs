using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpladeLucene.Search.Simd;

/// <summary>Vectors of 256 bits.</summary>
internal readonly struct Simd256 : ISimd
{
    public static ulong AtLeast(ref int sums, int least)
    {
        var bar = Vector256.Create(least);
        ulong mask = 0;
        for (int i = 0; i < ISimd.Batch; i += Vector256<int>.Count)
        {
            var sum = Vector256.LoadUnsafe(ref sums, (nuint)i);
            mask |= (ulong)Vector256.GreaterThanOrEqual(sum, bar).ExtractMostSignificantBits() << i;
        }

        return mask;
    }

    public static void AddScaled(ref byte row, ref int bounds, int weight)
    {
        var scale = Vector256.Create(weight);
        for (int i = 0; i < ISimd.Batch; i += Vector256<byte>.Count)
        {
            (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(Vector256.LoadUnsafe(ref row, (nuint)i));
            Add(low, scale, ref Unsafe.Add(ref bounds, i));
            Add(high, scale, ref Unsafe.Add(ref bounds, i + Vector256<ushort>.Count));
        }
    }

    public static uint Within(ref ushort ids, ushort first, ushort count)
    {
        uint mask = 0;
        for (int i = 0; i < ISimd.IdBatch; i += Vector256<ushort>.Count)
        {
            Vector256<ushort> ahead = Vector256.LoadUnsafe(ref ids, (nuint)i) - Vector256.Create(first);
            Vector256<ushort> within = Vector256.LessThan(ahead, Vector256.Create(count));
            mask |= (uint)within.ExtractMostSignificantBits() << i;
        }

        return mask;
    }

    private static void Add(Vector256<ushort> row, Vector256<int> scale, ref int bounds)
    {
        (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(row);
        ref int next = ref Unsafe.Add(ref bounds, Vector256<int>.Count);
        (Vector256.LoadUnsafe(ref bounds) + (low.AsInt32() * scale)).StoreUnsafe(ref bounds);
        (Vector256.LoadUnsafe(ref next) + (high.AsInt32() * scale)).StoreUnsafe(ref next);
    }
}
