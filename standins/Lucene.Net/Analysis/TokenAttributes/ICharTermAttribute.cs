using System.Diagnostics.CodeAnalysis;
using Lucene.Net.Util;

namespace Lucene.Net.Analysis.TokenAttributes;

// The text of a token, in a buffer that is written in place.
public interface ICharTermAttribute : IAttribute
{
    [SuppressMessage("Performance", "CA1819", Justification = "The published type hands out its array.")]
    char[] Buffer { get; }

    int Length { get; set; }

    char[] ResizeBuffer(int newSize);

    void CopyBuffer(char[] buffer, int offset, int length);

    ICharTermAttribute SetLength(int length);

    ICharTermAttribute SetEmpty();

    ICharTermAttribute Append(string value);
}

public class CharTermAttribute : Util.Attribute, ICharTermAttribute
{
    private const int FirstSize = 16;

    private char[] _buffer = new char[FirstSize];
    private int _length;

    [SuppressMessage("Performance", "CA1819", Justification = "The published type hands out its array.")]
    public char[] Buffer => _buffer;

    public int Length
    {
        get => _length;
        set => SetLength(value);
    }

    public char[] ResizeBuffer(int newSize)
    {
        if (_buffer.Length < newSize)
        {
            Array.Resize(ref _buffer, Math.Max(newSize, 2 * _buffer.Length));
        }
        return _buffer;
    }

    public void CopyBuffer(char[] buffer, int offset, int length)
    {
        buffer.AsSpan(offset, length).CopyTo(ResizeBuffer(length));
        _length = length;
    }

    ICharTermAttribute ICharTermAttribute.SetLength(int length) => SetLength(length);

    ICharTermAttribute ICharTermAttribute.SetEmpty() => SetLength(0);

    ICharTermAttribute ICharTermAttribute.Append(string value) => Append(value);

    public override void Clear() => _length = 0;

    public override void CopyTo(IAttribute target) => ((ICharTermAttribute)target).CopyBuffer(_buffer, 0, _length);

    public override string ToString() => new(_buffer, 0, _length);

    private CharTermAttribute SetLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _buffer.Length);
        _length = length;
        return this;
    }

    private CharTermAttribute Append(string value)
    {
        value.CopyTo(ResizeBuffer(_length + value.Length).AsSpan(_length));
        _length += value.Length;
        return this;
    }
}
