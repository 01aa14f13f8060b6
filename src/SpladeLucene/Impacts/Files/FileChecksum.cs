using System.Numerics;
using System.Runtime.InteropServices;

namespace SpladeLucene.Impacts.Files;

/// <summary>
/// Four CRC-32C (<see href="https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4">RFC 3720</see>), each over every fourth word of
/// 64 bits: processors have an instruction for it, and four don't wait for one another. A change of up to 32 bits in a row never
/// goes unnoticed.
/// </summary>
internal readonly record struct FileChecksum(uint First, uint Second, uint Third, uint Fourth)
{
    /// <summary>Bytes that go into all four at a time. Pieces but the last have a multiple of these.</summary>
    public const int Step = 4 * sizeof(ulong);

    // What a span can have, in whole steps.
    private const int LargestPiece = 1 << 30;

    /// <param name="first">The first byte.</param>
    /// <param name="length">How many there are.</param>
    public static unsafe FileChecksum Of(byte* first, long length)
    {
        var sum = new FileChecksum(uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue);
        for (long done = 0; done < length; done += LargestPiece)
            sum = sum.With(new ReadOnlySpan<byte>(first + done, (int)Math.Min(LargestPiece, length - done)));
        return sum;
    }

    /// <summary>One alone, over a few bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte next in bytes) sum = BitOperations.Crc32C(sum, next);
        return sum;
    }

    private FileChecksum With(ReadOnlySpan<byte> piece)
    {
        (uint first, uint second, uint third, uint fourth) = this;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(piece[..(piece.Length / Step * Step)]);
        for (; words.Length >= 4; words = words[4..])
        {
            first = BitOperations.Crc32C(first, words[0]);
            second = BitOperations.Crc32C(second, words[1]);
            third = BitOperations.Crc32C(third, words[2]);
            fourth = BitOperations.Crc32C(fourth, words[3]);
        }

        foreach (byte rest in piece[(piece.Length / Step * Step)..]) first = BitOperations.Crc32C(first, rest);
        return new FileChecksum(first, second, third, fourth);
    }
}
