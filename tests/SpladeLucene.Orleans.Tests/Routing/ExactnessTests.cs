using SpladeLucene.Routing;

namespace SpladeLucene.Tests.Clusters.Routing;

/// <summary>A cluster's hits and scores are those of one index of the same documents, however they are split.</summary>
public sealed class ExactnessTests(TestClusters clusters) : IClassFixture<TestClusters>
{
    private const int Documents = 240;
    private const int Queries = 12;

    [Theory]
    [MemberData(nameof(Splits.Shapes), MemberType = typeof(Splits))]
    public async Task Hits_OfShards_AreThoseOfOneIndex(string split, int shards)
    {
        ISpladeCluster cluster = clusters.Find($"{split}-{shards}");
        var random = new Random(shards);
        ClusterDocument[] documents = [.. Enumerable.Range(0, Documents).Select(i => Make(i, Splits.KeyOf(split, i, shards, Documents), random))];
        // Segments of uneven sizes, and documents that are written twice.
        for (int start = 0; start < Documents; start += 1 + (start / 2))
        {
            await cluster.UpdateAsync(documents[start..Math.Min(Documents, start + 1 + (start / 2))]);
            await cluster.RefreshAsync();
        }

        await cluster.UpdateAsync(documents.Where((_, i) => i % 7 == 0));
        await cluster.RefreshAsync();
        await AssertSameAsync(cluster, documents, random);

        ClusterDocument[] deleted = [.. documents.Where(_ => random.Next(10) < 3)];
        await cluster.DeleteAsync(deleted.Select(document => document.Key));
        await cluster.RefreshAsync();
        await AssertSameAsync(cluster, [.. documents.Except(deleted)], random);
    }

    private async Task AssertSameAsync(ISpladeCluster cluster, ClusterDocument[] documents, Random random)
    {
        using var whole = new OneIndex(documents, clusters.Encoder, TestIndex.Whitespace);
        for (int i = 0; i < Queries; i++)
        {
            string text = Words(random, 1 + (i % 6));
            var request = new ClusterSearchRequest
            {
                Count = new[] { 1, 3, 10, 400 }[i % 4], Floor = i % 3 == 0 ? ScoreFloor.None : null, Deadline = TimeSpan.FromMinutes(1),
            };
            var hybrid = request with { Hybrid = true, MeaningWeight = new double?[] { null, 0, 0.3, 0.7, 1 }[i % 5] };
            foreach (ClusterSearchRequest each in new[] { request, hybrid })
            {
                ClusterSearchResult found = await cluster.SearchAsync(text, each);

                Assert.True(found.IsComplete);
                Assert.Equal(whole.Find(text, each), found.Hits.Select(hit => (hit.Key, BitConverter.SingleToInt32Bits(hit.Score))));
                Assert.All(found.Hits, hit => Assert.Equal(KeyHash.ShardOf(hit.Key, cluster.Options.Shards), hit.Shard));
                Assert.All(found.Hits, hit => Assert.Equal(documents.Single(document => document.Key == hit.Key).Text, hit.Stored["text"]));
            }
        }
    }

    private static ClusterDocument Make(int i, string key, Random random)
    {
        // Some say nothing, and some say the same: ties.
        string text = i % 40 == 0 ? "" : i % 10 == 1 ? "w1 w2 w3" : Words(random, 3 + random.Next(20));
        return new ClusterDocument(key, text, new Dictionary<string, string> { ["text"] = text });
    }

    private static string Words(Random random, int count) => string.Join(
        ' ', Enumerable.Range(0, count).Select(_ => $"w{(int)(60 * Math.Pow(random.NextDouble(), 2))}"));
}
