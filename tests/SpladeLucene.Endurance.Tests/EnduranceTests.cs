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

    [Theory]
    [InlineData]
    [InlineData("fly")]
    [InlineData("soak", "--minuets", "3")]
    public async Task Run_WhatCannotBeMeant_IsBadUsage(params string[] args) =>
        Assert.Equal(2, await EnduranceCommand.RunAsync(args));
}
