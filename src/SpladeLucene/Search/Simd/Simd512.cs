using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpladeLucene.Search.Simd;

/// <summary>Vectors of 512 bits.</summary>
internal readonly struct Simd512 : ISimd
{
    public static ulong AtLeast(ref int sums, int least)
    {
        var bar = Vector512.Create(least);
        ulong mask = 0;
        for (int i = 0; i < ISimd.Batch; i += Vector512<int>.Count)
        {
            var sum = Vector512.LoadUnsafe(ref sums, (nuint)i);
            mask |= (ulong)Vector512.GreaterThanOrEqual(sum, bar).ExtractMostSignificantBits() << i;
        }

        return mask;
    }

    public static void AddScaled(ref byte row, ref int bounds, int weight)
    {
        var scale = Vector512.Create(weight);
        for (int i = 0; i < ISimd.Batch; i += Vector512<byte>.Count)
        {
            (Vector512<ushort> low, Vector512<ushort> high) = Vector512.Widen(Vector512.LoadUnsafe(ref row, (nuint)i));
            Add(low, scale, ref Unsafe.Add(ref bounds, i));
            Add(high, scale, ref Unsafe.Add(ref bounds, i + Vector512<ushort>.Count));
        }
    }

    public static uint Within(ref ushort ids, ushort first, ushort count)
    {
        uint mask = 0;
        for (int i = 0; i < ISimd.IdBatch; i += Vector512<ushort>.Count)
        {
            Vector512<ushort> ahead = Vector512.LoadUnsafe(ref ids, (nuint)i) - Vector512.Create(first);
            Vector512<ushort> within = Vector512.LessThan(ahead, Vector512.Create(count));
            mask |= (uint)within.ExtractMostSignificantBits() << i;
        }

        return mask;
    }

    private static void Add(Vector512<ushort> row, Vector512<int> scale, ref int bounds)
    {
        (Vector512<uint> low, Vector512<uint> high) = Vector512.Widen(row);
        ref int next = ref Unsafe.Add(ref bounds, Vector512<int>.Count);
        (Vector512.LoadUnsafe(ref bounds) + (low.AsInt32() * scale)).StoreUnsafe(ref bounds);
        (Vector512.LoadUnsafe(ref next) + (high.AsInt32() * scale)).StoreUnsafe(ref next);
    }
}
