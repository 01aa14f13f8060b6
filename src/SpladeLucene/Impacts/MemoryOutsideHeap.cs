using System.Runtime.InteropServices;

namespace SpladeLucene.Impacts;

/// <summary>
/// Memory that is given back once it is disposed of and the last one who holds it lets go, or else when nobody knows it any more.
/// Thread-safe.
/// </summary>
internal sealed unsafe class MemoryOutsideHeap : IDisposable
{
    private readonly SafeBuffer _buffer;

    /// <param name="buffer">Disposed of with this.</param>
    /// <param name="offset">Where the memory begins in it.</param>
    /// <param name="length">Bytes.</param>
    public MemoryOutsideHeap(SafeBuffer buffer, long offset, long length)
    {
        _buffer = buffer;
        First = (byte*)buffer.DangerousGetHandle() + offset;
        Length = length;
    }

    public byte* First { get; }

    public long Length { get; }

    /// <summary>Whether it is held now, and <see cref="Release"/> has to be called; it isn't where it is disposed of.</summary>
    public bool TryHold()
    {
        bool isHeld = false;
        try
        {
            _buffer.DangerousAddRef(ref isHeld);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }

        return isHeld;
    }

    public void Release() => _buffer.DangerousRelease();

    public void Dispose() => _buffer.Dispose();
}
