using System.Buffers.Binary;
using System.Numerics;

namespace Lucene.Net.Index;

// Collects what is written into large blocks and takes the CRC-32C of each block on its way to the file.
internal sealed class ChecksumStream(Stream target) : Stream
{
    private readonly byte[] _block = new byte[1 << 16];
    private int _filled;
    private long _written;
    private uint _crc = uint.MaxValue;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _written + _filled;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    // The checksum of everything written so far.
    internal uint Checksum
    {
        get
        {
            Flush();
            return ~_crc;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            int taken = Math.Min(buffer.Length, _block.Length - _filled);
            buffer[..taken].CopyTo(_block.AsSpan(_filled));
            _filled += taken;
            buffer = buffer[taken..];
            if (_filled == _block.Length)
            {
                Flush();
            }
        }
    }

    public override void Flush()
    {
        ReadOnlySpan<byte> block = _block.AsSpan(0, _filled);
        _crc = Update(_crc, block);
        target.Write(block);
        _written += _filled;
        _filled = 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    internal static uint Compute(Stream source, long length)
    {
        var block = new byte[1 << 16];
        uint crc = uint.MaxValue;
        while (length > 0)
        {
            int taken = source.ReadAtLeast(block.AsSpan(0, (int)Math.Min(length, block.Length)), 1);
            crc = Update(crc, block.AsSpan(0, taken));
            length -= taken;
        }
        return ~crc;
    }

    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }
        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }
        return crc;
    }
}
