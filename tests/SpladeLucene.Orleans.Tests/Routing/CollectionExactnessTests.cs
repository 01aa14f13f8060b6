using System.Text.Json;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Util;
using SpladeLucene.Tests.Clusters.Shards;

namespace SpladeLucene.Tests.Clusters.Routing;

/// <summary>The collection's 285 queries find in shards what they find in one index, by meaning and by words and meaning.</summary>
public sealed class CollectionExactnessTests : IDisposable
{
    private const int Batches = 5;

    private static readonly string[] Texts = Read("corpus.jsonl");
    private static readonly string[] Queries = Read("queries.jsonl");

    private readonly CountingEncoder _encoder = new() { FusionWeight = 0.6f };
    private readonly StandardAnalyzer _words = new(LuceneVersion.LUCENE_48);

    public void Dispose()
    {
        _words.Dispose();
        _encoder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Splits.Shapes), MemberType = typeof(Splits))]
    public Task Queries_OverShards_FindWhatOneIndexFinds(string split, int shards)
    {
        // Each shape has other queries, so that all are searched.
        int first = Splits.Shapes.ToList().FindIndex(shape => (string)shape[0] == split && (int)shape[1] == shards);
        return CompareAsync(split, shards, [.. Queries.Where((_, i) => i % Splits.Shapes.Count == first)]);
    }

    [Theory]
    [Trait("Category", "Large")]
    [MemberData(nameof(Splits.Shapes), MemberType = typeof(Splits))]
    public Task AllQueries_OverShards_FindWhatOneIndexFinds(string split, int shards)
    {
        Assert.Equal(285, Queries.Length);
        return CompareAsync(split, shards, Queries);
    }

    private async Task CompareAsync(string split, int shards, string[] queries)
    {
        using var local = new LocalShards(shards, _encoder, () => _words);
        ClusterDocument[] documents = [.. Texts.Select((text, i) => new ClusterDocument(Splits.KeyOf(split, i, shards, Texts.Length), text))];
        // Each batch is a segment of its own, where it isn't merged.
        foreach (ClusterDocument[] batch in documents.Chunk((Texts.Length / Batches) + 1))
        {
            await local.Cluster.UpdateAsync(batch);
            await local.Cluster.RefreshAsync();
        }

        await AssertSameAsync(local.Cluster, documents, queries);

        ClusterDocument[] deleted = [.. documents.Where((_, i) => i % 10 < 3)];
        await local.Cluster.DeleteAsync(deleted.Select(document => document.Key));
        // Of every other shard the deleted documents are merged away.
        for (int shard = 0; shard < shards; shard += 2) await local.MergeAsync(shard);
        await local.Cluster.RefreshAsync();
        await AssertSameAsync(local.Cluster, [.. documents.Except(deleted)], queries);
    }

    private async Task AssertSameAsync(ISpladeCluster cluster, ClusterDocument[] documents, string[] queries)
    {
        using var whole = new OneIndex(documents, _encoder, _words);
        foreach (string text in queries)
        {
            foreach (bool isHybrid in new[] { false, true })
            {
                var request = new ClusterSearchRequest { Hybrid = isHybrid, Deadline = TimeSpan.FromMinutes(1) };
                ClusterSearchResult found = await cluster.SearchAsync(text, request);

                Assert.True(found.IsComplete);
                Assert.Equal(whole.Find(text, request), found.Hits.Select(hit => (hit.Key, BitConverter.SingleToInt32Bits(hit.Score))));
            }
        }
    }

    private static string[] Read(string file) =>
    [
        .. File.ReadLines(Repository.PathOf("examples", "collection", file)).Select(line =>
        {
            using JsonDocument json = JsonDocument.Parse(line);
            return json.RootElement.GetProperty("text").GetString()!;
        }),
    ];
}
