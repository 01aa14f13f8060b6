using SpladeLucene.Impacts;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

public sealed class SpladeSearcherStressTests
{
    [Fact]
    public void Search_WhileAWriterAddsDeletesMergesAndReopens_EqualsScoringEverything()
    {
        (long searches, ImpactCacheStatistics cache) = new SearchStress().Run(rounds: 120, threads: 8);
        Assert.True(searches > 0);
        Assert.True(cache.Built > 0);
        Assert.Equal((0, 0L), (cache.Entries, cache.Bytes));
    }
}
