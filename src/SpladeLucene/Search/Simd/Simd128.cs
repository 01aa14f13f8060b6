using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpladeLucene.Search.Simd;

/// <summary>Vectors of 128 bits.</summary>
internal readonly struct Simd128 : ISimd
{
    public static ulong AtLeast(ref int sums, int least)
    {
        var bar = Vector128.Create(least);
        ulong mask = 0;
        for (int i = 0; i < ISimd.Batch; i += Vector128<int>.Count)
        {
            var sum = Vector128.LoadUnsafe(ref sums, (nuint)i);
            mask |= (ulong)Vector128.GreaterThanOrEqual(sum, bar).ExtractMostSignificantBits() << i;
        }

        return mask;
    }

    public static void AddScaled(ref byte row, ref int bounds, int weight)
    {
        var scale = Vector128.Create(weight);
        for (int i = 0; i < ISimd.Batch; i += Vector128<byte>.Count)
        {
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref row, (nuint)i));
            Add(low, scale, ref Unsafe.Add(ref bounds, i));
            Add(high, scale, ref Unsafe.Add(ref bounds, i + Vector128<ushort>.Count));
        }
    }

    public static uint Within(ref ushort ids, ushort first, ushort count)
    {
        uint mask = 0;
        for (int i = 0; i < ISimd.IdBatch; i += Vector128<ushort>.Count)
        {
            Vector128<ushort> ahead = Vector128.LoadUnsafe(ref ids, (nuint)i) - Vector128.Create(first);
            Vector128<ushort> within = Vector128.LessThan(ahead, Vector128.Create(count));
            mask |= (uint)within.ExtractMostSignificantBits() << i;
        }

        return mask;
    }

    private static void Add(Vector128<ushort> row, Vector128<int> scale, ref int bounds)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(row);
        ref int next = ref Unsafe.Add(ref bounds, Vector128<int>.Count);
        (Vector128.LoadUnsafe(ref bounds) + (low.AsInt32() * scale)).StoreUnsafe(ref bounds);
        (Vector128.LoadUnsafe(ref next) + (high.AsInt32() * scale)).StoreUnsafe(ref next);
    }
}
