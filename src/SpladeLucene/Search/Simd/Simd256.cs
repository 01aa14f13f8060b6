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

    public static ulong AtLeast(ref ushort bounds, ushort least)
    {
        var bar = Vector256.Create(least);
        ulong mask = 0;
        for (int i = 0; i < ISimd.Batch; i += Vector256<ushort>.Count)
        {
            var bound = Vector256.LoadUnsafe(ref bounds, (nuint)i);
            mask |= (ulong)Vector256.GreaterThanOrEqual(bound, bar).ExtractMostSignificantBits() << i;
        }

        return mask;
    }

    public static void AddLevels(ref byte levels, ref ushort bounds, ushort weight)
    {
        var scale = Vector256.Create(weight);
        var low = Vector256.Create((byte)0xF);
        for (int i = 0; i < ISimd.Batch / 2; i += Vector256<byte>.Count)
        {
            var both = Vector256.LoadUnsafe(ref levels, (nuint)i);
            Add(both & low, scale, ref Unsafe.Add(ref bounds, i));
            Add((both.AsUInt16() >> 4).AsByte() & low, scale, ref Unsafe.Add(ref bounds, i + (ISimd.Batch / 2)));
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

    private static void Add(Vector256<byte> levels, Vector256<ushort> scale, ref ushort bounds)
    {
        (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(levels);
        ref ushort next = ref Unsafe.Add(ref bounds, Vector256<ushort>.Count);
        (Vector256.LoadUnsafe(ref bounds) + (low * scale)).StoreUnsafe(ref bounds);
        (Vector256.LoadUnsafe(ref next) + (high * scale)).StoreUnsafe(ref next);
    }
}
