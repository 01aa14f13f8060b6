using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene.Packages.Tests.Readers;

/// <summary>Sets of documents.</summary>
public sealed class BitSetTests
{
    [Fact]
    public void FixedBitSet_AcrossWords_FindsWhatWasSet()
    {
        var bits = new FixedBitSet(130);
        foreach (int bit in new[] { 0, 63, 64, 129 }) bits.Set(bit);
        bits.Clear(64);

        Assert.Equal((130, 3), (bits.Length, bits.Cardinality));
        Assert.Equal((true, false), (bits.Get(63), bits.Get(64)));
        Assert.Equal([0, 63, 129, 129], new[] { 0, 1, 64, 129 }.Select(bits.NextSetBit));
        bits.Clear(129);
        Assert.Equal(-1, bits.NextSetBit(64));
    }

    [Fact]
    public void FixedBitSet_OverWords_SharesThem()
    {
        long[] words = [0b101, 1];
        var bits = new FixedBitSet(words, 70);
        FixedBitSet copy = bits.Clone();
        bits.Set(1);

        Assert.Equal((0b111, 4), (words[0], bits.Cardinality));
        Assert.Equal((false, 3), (copy.Get(1), copy.Cardinality));
    }

    [Fact]
    public void FixedBitSet_AsASetOfDocuments_IsWalkedAndTested()
    {
        var bits = new FixedBitSet(100);
        foreach (int bit in new[] { 3, 70, 99 }) bits.Set(bit);
        DocIdSet set = bits;
        DocIdSetIterator docs = set.GetIterator();

        Assert.Same(bits, set.Bits);
        Assert.True(set.IsCacheable);
        Assert.Equal((-1, 3), (docs.DocID, docs.NextDoc()));
        Assert.Equal((70, 99), (docs.Advance(4), docs.Advance(71)));
        Assert.Equal(DocIdSetIterator.NO_MORE_DOCS, docs.NextDoc());
    }

    [Fact]
    public void GetEmpty_Walked_HasNothing()
    {
        DocIdSetIterator docs = DocIdSetIterator.GetEmpty();

        Assert.Equal((-1, 0L), (docs.DocID, docs.GetCost()));
        Assert.Equal(DocIdSetIterator.NO_MORE_DOCS, docs.NextDoc());
        Assert.Equal(DocIdSetIterator.NO_MORE_DOCS, docs.DocID);
    }

    [Fact]
    public void GetBits_AfterSet_AreItsOwnWords()
    {
        var bits = new FixedBitSet(130);
        bits.Set(1);
        bits.Set(64);

        Assert.Equal([2, 1, 0], bits.GetBits());
    }
}
