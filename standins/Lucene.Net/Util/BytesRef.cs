using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Lucene.Net.Util;

// A slice of a byte array. Equality, hash and order are those of the bytes in the slice, compared unsigned.
public sealed class BytesRef : IComparable<BytesRef>
{


    public BytesRef() : this([], 0, 0)
    {
    }

    public BytesRef(byte[] bytes) : this(bytes, 0, bytes.Length)
    {
    }

    public BytesRef(byte[] bytes, int offset, int length)
    {
        Bytes = bytes;
        Offset = offset;
        Length = length;
    }

    public BytesRef(int capacity)
    {
        Bytes = new byte[capacity];
    }

    public BytesRef(string text) : this(Encoding.UTF8.GetBytes(text))
    {
    }

    [SuppressMessage("Performance", "CA1819", Justification = "The published type hands out its array.")]
    public byte[] Bytes { get; set; }

    public int Offset { get; set; }

    public int Length { get; set; }

    public static IComparer<BytesRef> UTF8SortedAsUnicodeComparer { get; } =
        Comparer<BytesRef>.Create(static (left, right) => left.CompareTo(right));

    internal ReadOnlySpan<byte> Span => Bytes.AsSpan(Offset, Length);

    public static BytesRef DeepCopyOf(BytesRef other) => new(other.Span.ToArray());

    public bool BytesEquals(BytesRef other) => Span.SequenceEqual(other.Span);

    public int CompareTo(BytesRef other) => other is null ? 1 : Span.SequenceCompareTo(other.Span);

    public override bool Equals(object obj) => obj is BytesRef other && BytesEquals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    public string Utf8ToString() => Encoding.UTF8.GetString(Span);

    // The bytes in hexadecimal, without leading zeros, as in [6c 75 63].
    public override string ToString()
    {
        var text = new StringBuilder("[");
        foreach (byte value in Span)
        {
            text.Append(text.Length > 1 ? " " : "").Append(value.ToString("x"));
        }
        return text.Append(']').ToString();
    }

    internal void Refer(byte[] bytes)
    {
        Bytes = bytes;
        Offset = 0;
        Length = bytes.Length;
    }
}
