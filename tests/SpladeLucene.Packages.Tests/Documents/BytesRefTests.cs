using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Packages.Tests.Documents;

/// <summary>Bytes as terms and values are made of.</summary>
public sealed class BytesRefTests
{
    [Fact]
    public void Equals_SliceOfALongerArray_LooksAtTheSliceOnly()
    {
        var slice = new BytesRef("xabx"u8.ToArray(), 1, 2);

        Assert.Equal(new BytesRef("ab"), slice);
        Assert.Equal(new BytesRef("ab").GetHashCode(), slice.GetHashCode());
        Assert.True(slice.BytesEquals(new BytesRef("ab")));
        Assert.Equal("ab", slice.Utf8ToString());
        Assert.Equal("[61 62]", slice.ToString());
    }

    [Fact]
    public void BytesRef_Capacity_IsEmptyWithRoom()
    {
        var bytes = new BytesRef(10);

        Assert.Equal((0, 0, 10), (bytes.Offset, bytes.Length, bytes.Bytes.Length));
    }

    [Fact]
    public void DeepCopyOf_ASlice_SharesNothing()
    {
        var slice = new BytesRef("xabx"u8.ToArray(), 1, 2);
        BytesRef copy = BytesRef.DeepCopyOf(slice);
        slice.Bytes[1] = (byte)'z';

        Assert.Equal(new BytesRef("ab"), copy);
        Assert.Equal(new BytesRef("zb"), slice);
    }

    [Fact]
    public void Comparer_NonAscii_OrdersUnsignedBytesAndSoCodePoints()
    {
        BytesRef[] bytes = [.. new[] { "\uFFFD", "b", "𐐀", "é", "", "ab" }.Select(text => new BytesRef(text))];
        Array.Sort(bytes, BytesRef.UTF8SortedAsUnicodeComparer);

        Assert.Equal(["", "ab", "b", "é", "\uFFFD", "𐐀"], bytes.Select(found => found.Utf8ToString()));
        Assert.True(new BytesRef([0x80]).CompareTo(new BytesRef([0x7F])) > 0);
    }

    [Fact]
    public void Term_OfBytes_IsThatOfTheirText()
    {
        var term = new Term("f", new BytesRef("xé"));

        Assert.Equal(new Term("f", "xé"), term);
        Assert.Equal(("f", "xé", 3), (term.Field, term.Text, term.Bytes.Length));
        Assert.Equal("f:xé", term.ToString());
        Assert.True(term.CompareTo(new Term("g", "a")) < 0);
    }
}
