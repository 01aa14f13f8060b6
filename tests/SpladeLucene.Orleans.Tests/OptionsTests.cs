using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace SpladeLucene.Tests.Clusters;

public sealed class OptionsTests
{
    [Fact]
    public void Options_ThatDontFit_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new SpladeClusterOptions { Name = "a/b" });
        Assert.Throws<ArgumentException>(() => new SpladeClusterOptions { Silos = ["a", "a"] });
        Assert.Throws<ArgumentException>(() => new SpladeClusterOptions { Field = "key" });
        Assert.Throws<ArgumentException>(() => new SpladeClusterOptions { Format = new ImpactFormat { Offsets = true } });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeClusterOptions { Shards = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeClusterOptions { WriteTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClusterSearchRequest { Count = 0 });
        var services = new ServiceCollection();
        Assert.Throws<ArgumentException>(() => services.AddSpladeCluster(new SpladeClusterOptions()));
        Assert.Throws<ArgumentException>(
            () => services.AddSpladeCluster(new SpladeClusterOptions { Silos = ["a", "b"], Replicas = 3 }));
    }

    [Theory]
    [InlineData("docs", true)]
    [InlineData("Docs", true)]
    [InlineData("others", false)]
    public void Index_WhoseFolderAnotherHas_IsRefused(string name, bool isRefused)
    {
        var silo = new Silo();
        var options = new SpladeClusterOptions { Name = "docs", Silos = ["a"] };
        silo.AddSpladeShards("folder", options);

        Exception? refused = Record.Exception(() => silo.AddSpladeShards("folder", options with { Name = name }));

        Assert.Equal(isRefused, refused is ArgumentException { ParamName: "options" });
    }

    [Theory]
    [InlineData("a", 8, 5)]
    [InlineData("b", 8, 4)]
    [InlineData("Straße", 8, 7)]
    public void Shard_OfAKey_StaysWhatItIs(string key, int shards, int shard) =>
        Assert.Equal(shard, SpladeLucene.Routing.KeyHash.ShardOf(key, shards));

    private sealed class Silo : ISiloBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();

        public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();
    }
}
