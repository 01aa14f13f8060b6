using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using SpladeLucene.Routing;

namespace SpladeLucene.Tests.Clusters.Routing;

public sealed class ClusterTests(TestClusters clusters) : IClassFixture<TestClusters>
{
    [Fact]
    public async Task Update_EncoderReturnsMoreVectorsThanTexts_WritesNothing()
    {
        ISpladeCluster cluster = clusters.Find("other");
        var faulty = new SpladeCluster(cluster.Options, new WordEncoder { Extra = 1 }, clusters.Cluster.Client);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => faulty.UpdateAsync([new ClusterDocument("k", "word")]));

        Assert.Equal("The encoder was given 1 texts and returned 2 vectors.", refused.Message);
    }

    [Fact]
    public async Task Search_WhileASiloIsDown_IsCompleteFromTheOtherReplicaOrNamesTheShards()
    {
        ISpladeCluster replicated = clusters.Find("replicated"), single = clusters.Find("single");
        ClusterDocument[] documents = [.. Enumerable.Range(0, 60).Select(i => new ClusterDocument($"k{i}", $"word w{i % 7}"))];
        foreach (ISpladeCluster cluster in new[] { replicated, single })
        {
            await cluster.UpdateAsync(documents);
            await cluster.RefreshAsync();
        }

        var all = new ClusterSearchRequest { Count = 100, Floor = ScoreFloor.None };
        ClusterSearchResult before = await replicated.SearchAsync("word", all);
        InProcessSiloHandle down = clusters.Cluster.Silos.Single(silo => silo.Name == TestClusters.Silos[1]);
        await clusters.Cluster.StopSiloAsync(down);

        ClusterSearchResult without = await replicated.SearchAsync("word", all);
        ClusterSearchResult rest = await single.SearchAsync("word", all);
        await replicated.UpdateAsync([new ClusterDocument("new", "word")]);

        Assert.True(without.IsComplete);
        Assert.Equal(before.Hits.Select(hit => (hit.Key, hit.Score)), without.Hits.Select(hit => (hit.Key, hit.Score)));
        Assert.Equal([1], rest.MissingShards);
        Assert.False(rest.IsComplete);
        Assert.Equal(
            documents.Select(document => document.Key).Where(key => KeyHash.ShardOf(key, 3) != 1).Order(StringComparer.Ordinal),
            rest.Hits.Select(hit => hit.Key).Order(StringComparer.Ordinal));

        await clusters.Cluster.StartSiloAsync(1, clusters.Cluster.Options);
        ClusterSearchResult again;
        do
        {
            await Task.Delay(50);
            again = await single.SearchAsync("word", all);
        }
        while (!again.IsComplete);

        Assert.Equal(60, again.Hits.Count);
    }

    [Fact]
    public async Task Text_IsEncodedOnce()
    {
        ISpladeCluster cluster = clusters.Find("even-4");
        int before = clusters.Encoder.Texts;

        await cluster.UpdateAsync(Enumerable.Range(0, 20).Select(i => new ClusterDocument($"k{i}", $"word w{i}")));
        Assert.Equal(before + 20, clusters.Encoder.Texts);
        await cluster.SearchAsync("word");

        Assert.Equal(before + 21, clusters.Encoder.Texts);
    }

    [Fact]
    public async Task Search_WithAnotherModelThanTheDocuments_IsRefused()
    {
        ISpladeCluster cluster = clusters.Find("other");
        await cluster.UpdateAsync([new ClusterDocument("k", "word")]);
        await cluster.RefreshAsync();
        using var another = new CountingEncoder("another");
        var stranger = new SpladeCluster(cluster.Options, another, clusters.Cluster.Client);

        var refused = await Assert.ThrowsAsync<FingerprintMismatchException>(() => stranger.SearchAsync("word"));

        Assert.Equal("counting", Assert.Single(refused.Found).Model.Name);
    }

    [Fact]
    public async Task Search_ByTheNextModel_IsThatOfTheEncoderOfItsField()
    {
        ISpladeCluster cluster = clusters.Find("changing");
        ClusterDocument[] documents = [.. Enumerable.Range(0, 12).Select(i => new ClusterDocument($"k{i}", $"w{i % 3} w{i % 4}"))];

        await cluster.UpdateAsync(documents);
        await cluster.RefreshAsync();
        ClusterSearchResult found = await cluster.SearchAsync("w1");

        using var whole = new OneIndex(documents, clusters.NextEncoder, TestIndex.Whitespace);
        Assert.Equal(whole.Find("w1", new ClusterSearchRequest()), found.Hits.Select(hit => (hit.Key, BitConverter.SingleToInt32Bits(hit.Score))));
        Assert.Equal(new ClusterModelChange(12, 12), await cluster.GetModelChangeAsync());
    }

    [Fact]
    public async Task Document_ThatCantBeIndexed_IsNamedAndNothingOfItsBatchIsWritten()
    {
        ISpladeCluster cluster = clusters.Find("even-2");
        var bad = new ClusterDocument("bad", "word", new Dictionary<string, string> { ["splade"] = "mine" });

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(
            () => cluster.UpdateAsync([new ClusterDocument("good", "onlyhere"), bad]));
        await Assert.ThrowsAsync<ArgumentException>(() => cluster.UpdateAsync([new ClusterDocument("", "word")]));
        await cluster.RefreshAsync();

        Assert.Contains("'bad'", refused.Message, StringComparison.Ordinal);
        Assert.Empty((await cluster.SearchAsync("onlyhere")).Hits);
    }

    [Fact]
    public async Task EmptyIndexAndEmptyQuery_FindNothing()
    {
        ISpladeCluster unwritten = clusters.Find("skewed-8");
        while (!(await unwritten.GetReplicasAsync()).All(replica => replica.IsServing)) await Task.Delay(50);

        ClusterSearchResult nothing = await unwritten.SearchAsync("word");
        ClusterSearchResult empty = await clusters.Find("even-2").SearchAsync("");

        Assert.Empty(nothing.Hits);
        Assert.True(nothing.IsComplete);
        Assert.Empty(empty.Hits);
    }
}
