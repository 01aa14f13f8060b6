using SpladeLucene.Grains;
using SpladeLucene.Tests.Clusters.Shards;

namespace SpladeLucene.Tests.Clusters.Routing;

/// <summary>While documents get the vectors of another model, searches go by one that all have, and find what one index finds.</summary>
public sealed class ModelChangeTests : IDisposable
{
    private const string Old = "splade", New = "splade2";

    private readonly CountingEncoder _old = new("old"), _new = new("new") { Salt = 5, FloorShare = 0.3f };
    private readonly LocalShards _shards;

    public ModelChangeTests() => _shards = new LocalShards(3, _old, () => TestIndex.Whitespace);

    public void Dispose()
    {
        _shards.Dispose();
        _old.Dispose();
        _new.Dispose();
    }

    [Fact]
    public async Task Searches_GoByTheNextModel_WhenEveryDocumentHasIt()
    {
        ClusterDocument[] documents = [.. Enumerable.Range(0, 130).Select(i => new ClusterDocument($"k{i}", $"w{i % 7} w{i % 5} w{i % 11}"))];
        await _shards.Cluster.UpdateAsync(documents);
        ISpladeCluster changing = _shards.With(Old, New, _old, _new);
        await AssertAsync(changing, documents, _old, changed: 0);

        await changing.UpdateAsync(documents[..60]);
        await AssertAsync(changing, documents, _old, changed: 60);
        // Each text once by each model.
        (int old, int next) = (_old.Texts, _new.Texts);
        await changing.UpdateAsync(documents[60..]);
        Assert.Equal((old + 70, next + 70), (_old.Texts, _new.Texts));
        await AssertAsync(changing, documents, _new, changed: 130);

        // A client of the version before writes one without the next vector: it isn't missed.
        await _shards.Cluster.UpdateAsync(documents[..1]);
        await AssertAsync(changing, documents, _old, changed: 129);
        await changing.UpdateAsync(documents[..1]);
        await AssertAsync(changing, documents, _new, changed: 130);
    }

    [Fact]
    public async Task Search_ByAFieldThatDocumentsLack_IsRefused()
    {
        ClusterDocument[] documents = [.. Enumerable.Range(0, 9).Select(i => new ClusterDocument($"k{i}", "word"))];
        ISpladeCluster changing = _shards.With(Old, New, _old, _new);
        await changing.UpdateAsync(documents[..8]);
        await _shards.Cluster.UpdateAsync(documents[8..]);
        await changing.RefreshAsync();

        ISpladeCluster changed = _shards.With(New, null, _new);
        var refused = await Assert.ThrowsAsync<SpladeClusterException>(() => changed.SearchAsync("word"));

        // Whatever fields silos were told of, vectors go where the client says.
        await changed.UpdateAsync([new ClusterDocument("k9", "word")]);
        await changed.RefreshAsync();
        await Assert.ThrowsAsync<SpladeClusterException>(() => _shards.Cluster.SearchAsync("word"));
        await changed.UpdateAsync(documents);
        await changed.RefreshAsync();
        Assert.Equal(10, (await changed.SearchAsync("word")).Hits.Count);
        Assert.StartsWith("1 of 9 documents", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => changed.GetModelChangeAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Search_BetweenWhoseRoundsADocumentComesThatLacksItsField_IsCountedAgain(bool isHybrid)
    {
        ISpladeCluster changed = _shards.With(New, null, _new);
        await changed.UpdateAsync(Enumerable.Range(0, 9).Select(i => new ClusterDocument($"k{i}", "word")));
        await changed.RefreshAsync();
        string key = Enumerable.Range(0, 99).Select(i => $"late{i}").First(each => SpladeLucene.Routing.KeyHash.ShardOf(each, 3) == 1);
        int counts = 0;
        _shards[1].After = async name =>
        {
            if (name != nameof(IReplicaGrain.StatisticsAsync) || ++counts > 1) return;
            await _shards.Cluster.UpdateAsync([new ClusterDocument(key, "word")]);
            await _shards.Cluster.RefreshAsync();
        };

        var refused = await Assert.ThrowsAsync<SpladeClusterException>(() => changed.SearchAsync(
            "word", new ClusterSearchRequest { Hybrid = isHybrid, Deadline = TimeSpan.FromMinutes(1) }));

        Assert.StartsWith("1 of 10 documents", refused.Message, StringComparison.Ordinal);
    }

    private static async Task AssertAsync(ISpladeCluster cluster, ClusterDocument[] documents, ISparseEncoder model, int changed)
    {
        await cluster.RefreshAsync();
        using var whole = new OneIndex(documents, model, TestIndex.Whitespace);
        foreach (bool isHybrid in new[] { false, true })
        {
            var request = new ClusterSearchRequest { Hybrid = isHybrid, Count = 20, Deadline = TimeSpan.FromMinutes(1) };
            // Whatever the search before went by.
            ClusterSearchResult found = await cluster.SearchAsync("w1 w3 w9", request);

            Assert.True(found.IsComplete);
            Assert.Equal(whole.Find("w1 w3 w9", request), found.Hits.Select(hit => (hit.Key, BitConverter.SingleToInt32Bits(hit.Score))));
        }

        Assert.Equal(new ClusterModelChange(documents.Length, changed), await cluster.GetModelChangeAsync());
    }
}
