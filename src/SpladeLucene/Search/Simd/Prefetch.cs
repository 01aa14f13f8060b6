using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SpladeLucene.Search.Simd;

/// <summary>
/// Asks for a cache line before it is needed. The lists of a query's terms lie far apart, and the hardware recognises a
/// stream only after a few lines of it. Does nothing where the processor has no such instruction.
/// </summary>
internal static class Prefetch
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Read<T>(ref T place)
        where T : unmanaged
    {
        // Where the place moves meanwhile, the wrong line is fetched, and nothing else.
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref place));
    }
}
