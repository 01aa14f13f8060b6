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

    public static ulong AtLeast(ref ushort bounds, ushort least)
    {
        var bar = Vector128.Create(least);
        ulong mask = 0;
        for (int i = 0; i < ISimd.Batch; i += Vector128<ushort>.Count)
        {
            var bound = Vector128.LoadUnsafe(ref bounds, (nuint)i);
            mask |= (ulong)Vector128.GreaterThanOrEqual(bound, bar).ExtractMostSignificantBits() << i;
        }

        return mask;
    }

    public static void AddLevels(ref byte levels, ref ushort bounds, ushort weight)
    {
        var scale = Vector128.Create(weight);
        var low = Vector128.Create((byte)0xF);
        for (int i = 0; i < ISimd.Batch / 2; i += Vector128<byte>.Count)
        {
            var both = Vector128.LoadUnsafe(ref levels, (nuint)i);
            Add(both & low, scale, ref Unsafe.Add(ref bounds, i));
            Add((both.AsUInt16() >> 4).AsByte() & low, scale, ref Unsafe.Add(ref bounds, i + (ISimd.Batch / 2)));
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

    private static void Add(Vector128<byte> levels, Vector128<ushort> scale, ref ushort bounds)
    {
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(levels);
        ref ushort next = ref Unsafe.Add(ref bounds, Vector128<ushort>.Count);
        (Vector128.LoadUnsafe(ref bounds) + (low * scale)).StoreUnsafe(ref bounds);
        (Vector128.LoadUnsafe(ref next) + (high * scale)).StoreUnsafe(ref next);
    }
}
