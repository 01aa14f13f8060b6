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

    public static ulong AtLeast(ref ushort bounds, ushort least)
    {
        var bar = Vector512.Create(least);
        ulong mask = 0;
        for (int i = 0; i < ISimd.Batch; i += Vector512<ushort>.Count)
        {
            var bound = Vector512.LoadUnsafe(ref bounds, (nuint)i);
            mask |= (ulong)Vector512.GreaterThanOrEqual(bound, bar).ExtractMostSignificantBits() << i;
        }

        return mask;
    }

    public static void AddLevels(ref byte levels, ref ushort bounds, ushort weight)
    {
        var scale = Vector512.Create(weight);
        var low = Vector256.Create((byte)0xF);
        var both = Vector256.LoadUnsafe(ref levels);
        Add(both & low, scale, ref bounds);
        Add((both.AsUInt16() >> 4).AsByte() & low, scale, ref Unsafe.Add(ref bounds, ISimd.Batch / 2));
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

    private static void Add(Vector256<byte> levels, Vector512<ushort> scale, ref ushort bounds)
    {
        Vector512<ushort> wide = Vector512.WidenLower(levels.ToVector512Unsafe());
        (Vector512.LoadUnsafe(ref bounds) + (wide * scale)).StoreUnsafe(ref bounds);
    }
}
