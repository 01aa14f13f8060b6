using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SpladeLucene.Impacts;

/// <summary>
/// Numbers one after the other, in a pinned array or in memory outside the heap, which loops read alike. Outside the heap,
/// whoever reads holds the <see cref="SegmentImpacts"/> meanwhile.
/// </summary>
internal readonly unsafe struct Column<T>
    where T : unmanaged
{
    private readonly T* _first;

    // Keeps the array alive; null for memory outside the heap.
    private readonly T[]? _array;

    /// <param name="pinned">Made by <see cref="NewArray"/>.</param>
    public Column(T[] pinned)
    {
        _array = pinned;
        _first = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
        Length = pinned.Length;
    }

    /// <param name="first">Memory outside the heap, aligned for a number.</param>
    /// <param name="length">How many numbers there are.</param>
    public Column(T* first, int length)
    {
        _first = first;
        Length = length;
    }

    public int Length { get; }

    public long Bytes => (long)sizeof(T) * Length;

    /// <summary>The first number; the others follow it. Nothing keeps a reader inside.</summary>
    public ref T First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.AsRef<T>(_first);
    }

    public ReadOnlySpan<T> Span => new(_first, Length);

    public ref T this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert((uint)place < (uint)Length, "The place is inside.");
            return ref Unsafe.Add(ref First, place);
        }
    }

    /// <summary>Zeroes that stay where they are.</summary>
    public static T[] NewArray(long length) => GC.AllocateArray<T>(checked((int)length), pinned: true);
}
