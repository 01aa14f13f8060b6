namespace SpladeLucene.Evaluation.Tests;

/// <summary>The limit of a line.</summary>
public sealed class ByteLinesTests
{
    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void Next_LineOfTheLimit_IsRead(int length, bool read)
    {
        using var content = new MemoryStream([.. new byte[length], (byte)'\n', 1]);
        var lines = new ByteLines(new OneByOne(content), [], longest: 8);

        if (read) Assert.Equal(length, lines.Next()!.Value.Length);
        else Assert.Throws<FormatException>(() => lines.Next());
    }

    private sealed class OneByOne(Stream content) : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => content.Read(buffer, offset, Math.Min(count, 1));
    }
}
