using SpladeLucene.Endurance.CatchingUp;
using SpladeLucene.Endurance.Killing;
using SpladeLucene.Endurance.Soaking;

namespace SpladeLucene.Endurance.Tests;

/// <summary>The short form of what <c>benchmarks/SpladeLucene.Endurance</c> does for long.</summary>
public sealed class EnduranceTests
{
    [Fact]
    public void Soak_AFewSeconds_FindsNothingWrong()
    {
        var said = new List<string>();

        long compared = Soak.Run(TimeSpan.FromSeconds(6), threads: 8, seed: 7, said.Add);

        Assert.True(compared > 0);
        Assert.Equal(10, said.Count);
    }

    [Fact]
    public void Kill_AFewTimes_LosesNoCommit() => Assert.True(KilledWriter.Kill(times: 4, seed: 7) > 0);

    [Fact]
    public async Task CatchUp_FewDocuments_MeasuresEachWay()
    {
        var said = new List<string>();

        double share = await new CatchUp(documents: 3000, changes: 2, said.Add).RunAsync();

        Assert.InRange(share, double.Epsilon, double.MaxValue);
        Assert.Equal(6, said.Count);
        Assert.Contains("3,000 encoded, 0 of", said[1], StringComparison.Ordinal);
        Assert.Matches(@"2 encoded, [1-9]\d* of \d+ segments stay", said[2]);
        Assert.Matches(@"2 encoded, 0 of \d+ segments stay", said[3]);
        Assert.Matches(@"0 encoded, 0 of \d+ segments stay", said[4]);
    }

    [Theory]
    [InlineData]
    [InlineData("fly")]
    [InlineData("soak", "--minuets", "3")]
    public async Task Run_WhatCannotBeMeant_IsBadUsage(params string[] args) =>
        Assert.Equal(2, await EnduranceCommand.RunAsync(args));
}
