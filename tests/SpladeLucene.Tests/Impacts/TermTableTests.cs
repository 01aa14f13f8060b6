using System.Globalization;
using System.Text;
using SpladeLucene.Impacts;
using SpladeLucene.Postings;

namespace SpladeLucene.Tests;

public sealed class TermTableTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(ushort.MaxValue - 1)]
    [InlineData(ushort.MaxValue)]
    [InlineData(ushort.MaxValue + 1)]
    [InlineData(90_000)]
    public void Find_EveryTermOfTheTable_GivesItsNumber(int count)
    {
        TermTable table = TableOf(count);
        Assert.Equal(count, table.Count);
        for (int term = 0; term < count; term++) Assert.Equal(term, Find(table, TextOf(term)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(ushort.MaxValue)]
    [InlineData(90_000)]
    public void Find_TermsThatAreNotThere_GivesMinusOne(int count)
    {
        TermTable table = TableOf(count);
        for (int term = count; term < count + 1000; term++) Assert.Equal(-1, Find(table, TextOf(term)));
        Assert.Equal(-1, Find(table, ""));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(24_229)]
    [InlineData(ushort.MaxValue)]
    [InlineData(ushort.MaxValue + 1)]
    public void BytesFor_BeforeItIsMade_IsWhatItTakesUp(int count)
    {
        long text = Enumerable.Range(0, count).Sum(term => (long)TextOf(term).Length);
        Assert.Equal(TableOf(count).Bytes, TermTable.BytesFor(count, text));
    }

    private static int Find(TermTable table, string term)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(term);
        return table.Find(bytes, QueryTerm.HashOf(bytes));
    }

    private static TermTable TableOf(int count)
    {
        int[] starts = Column<int>.NewArray(count + 1);
        var text = new StringBuilder();
        for (int term = 0; term < count; term++)
        {
            text.Append(TextOf(term));
            starts[term + 1] = text.Length;
        }

        byte[] bytes = Column<byte>.NewArray(text.Length);
        Encoding.ASCII.GetBytes(text.ToString(), bytes);
        return new TermTable(new Column<byte>(bytes), new Column<int>(starts));
    }

    private static string TextOf(int term) => "t" + term.ToString(CultureInfo.InvariantCulture);
}
