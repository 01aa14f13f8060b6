using Lucene.Net.Util;
using SpladeLucene.Reindexing.Carrying;

namespace SpladeLucene.Reindexing.Tests;

public sealed class DocumentNumbersTests
{
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(100, 0)]
    [InlineData(1000, 1)]
    [InlineData(100_000, 0.001)]
    [InlineData(3_000_000, 0.000001)]
    public void Read_WhatWasWritten_IsTheSame(int documents, double share)
    {
        var random = new Random(documents);
        var live = new FixedBitSet(documents);
        for (int i = 0; i < documents; i++)
        {
            if (random.NextDouble() >= share) live.Set(i);
        }

        int[] read = DocumentNumbers.Read(DocumentNumbers.OfDeleted(live, documents), documents);

        Assert.Equal(Enumerable.Range(0, documents).Where(i => !live.Get(i)), read);
    }

    [Theory]
    [InlineData("/w==")]
    [InlineData("Cg==")]
    [InlineData("gICAgICAAQ==")]
    [InlineData("not base 64")]
    public void Read_WhatNobodyWrote_IsNoNumbers(string text) =>
        Assert.Throws<FormatException>(() => DocumentNumbers.Read(text, documents: 10));
}
