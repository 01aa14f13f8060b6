using System.Runtime.CompilerServices;

namespace SpladeLucene.Search.Simd;

/// <summary>Plain loops, for processors without vectors and as the reference of the other widths.</summary>
internal readonly struct Portable : ISimd
{
    public static ulong AtLeast(ref int sums, int least)
    {
        ulong mask = 0;
        for (int i = 0; i < ISimd.Batch; i++)
            if (Unsafe.Add(ref sums, i) >= least) mask |= 1UL << i;
        return mask;
    }

    public static ulong AtLeast(ref ushort bounds, ushort least)
    {
        ulong mask = 0;
        for (int i = 0; i < ISimd.Batch; i++)
            if (Unsafe.Add(ref bounds, i) >= least) mask |= 1UL << i;
        return mask;
    }

    public static void AddLevels(ref byte levels, ref ushort bounds, ushort weight)
    {
        for (int i = 0; i < ISimd.Batch / 2; i++)
        {
            byte both = Unsafe.Add(ref levels, i);
            Unsafe.Add(ref bounds, i) += (ushort)(weight * (both & 0xF));
            Unsafe.Add(ref bounds, i + (ISimd.Batch / 2)) += (ushort)(weight * (both >> 4));
        }
    }

    public static uint Within(ref ushort ids, ushort first, ushort count)
    {
        uint mask = 0;
        for (int i = 0; i < ISimd.IdBatch; i++)
            if ((ushort)(Unsafe.Add(ref ids, i) - first) < count) mask |= 1U << i;
        return mask;
    }
}
