using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene.Tests.LuceneContracts;

/// <summary>AcceptedDocs: the words of a FixedBitSet are its own.</summary>
public sealed class BitSetTests
{

    [Fact]
    public void GetBits_AfterSet_AreItsOwnWords()
    {
        var bits = new FixedBitSet(130);
        bits.Set(1);
        bits.Set(64);

        Assert.Equal([2, 1, 0], bits.GetBits());
    }
}
