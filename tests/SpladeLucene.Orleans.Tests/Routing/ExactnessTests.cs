using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene.Routing;

namespace SpladeLucene.Tests.Clusters.Routing;

/// <summary>A cluster's hits and scores are those of one index of the same documents, however they are split.</summary>
public sealed class ExactnessTests(TestClusters clusters) : IClassFixture<TestClusters>
{
    private const int Documents = 240;
    private const int Queries = 24;

    public static TheoryData<string, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<string, int>();
            foreach (int shards in new[] { 1, 2, 4, 8 })
            {
                foreach (string split in new[] { "even", "skewed", "ordered" }) shapes.Add(split, shards);
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Hits_OfShards_AreThoseOfOneIndex(string split, int shards)
    {
        ISpladeCluster cluster = clusters.Find($"{split}-{shards}");
        var random = new Random(shards);
        ClusterDocument[] documents = [.. Enumerable.Range(0, Documents).Select(i => Make(i, KeyIn(i, ShardOf(split, i, shards), shards), random))];
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
        using var directory = new RAMDirectory();
        using DirectoryReader reader = Oracle(directory, documents);
        var searcher = new SpladeSearcher(reader);
        for (int i = 0; i < Queries; i++)
        {
            string text = Words(random, 1 + (i % 6));
            int count = new[] { 1, 3, 10, 400 }[i % 4];
            var floor = i % 3 == 0 ? ScoreFloor.None : ScoreFloor.OfModel(clusters.Encoder.FloorShare);
            SpladeQuery query = SpladeQuery.Create(reader, cluster.Options.Field, text, clusters.Encoder, new SpladeQueryOptions { Floor = floor });
            (string, int)[] expected = [.. searcher.Search(query, reader.MaxDoc).ScoreDocs
                .Select(hit => (Key: reader.Document(hit.Doc).Get("key"), Bits: BitConverter.SingleToInt32Bits(hit.Score)))
                .OrderByDescending(hit => hit.Bits).ThenBy(hit => hit.Key, StringComparer.Ordinal).Take(count)];

            ClusterSearchResult found = await cluster.SearchAsync(
                text, new ClusterSearchRequest { Count = count, Floor = i % 3 == 0 ? ScoreFloor.None : null, Deadline = TimeSpan.FromMinutes(1) });

            Assert.True(found.IsComplete);
            Assert.Equal(expected, found.Hits.Select(hit => (hit.Key, BitConverter.SingleToInt32Bits(hit.Score))));
            Assert.All(found.Hits, hit => Assert.Equal(KeyHash.ShardOf(hit.Key, cluster.Options.Shards), hit.Shard));
            Assert.All(found.Hits, hit => Assert.Equal(documents.Single(document => document.Key == hit.Key).Text, hit.Stored["text"]));
        }
    }

    // In an order that has nothing to do with keys or shards.
    private DirectoryReader Oracle(RAMDirectory directory, ClusterDocument[] documents)
    {
        using (var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, null)))
        {
            foreach (ClusterDocument document in documents.OrderBy(document => document.Text, StringComparer.Ordinal))
            {
                writer.AddDocument(new Document
                {
                    new StringField("key", document.Key, Field.Store.YES),
                    new SpladeField("splade", clusters.Encoder.Encode(document.Text), clusters.Encoder.Fingerprint),
                });
            }
        }

        return DirectoryReader.Open(directory);
    }

    private static ClusterDocument Make(int i, string key, Random random)
    {
        // Some say nothing, and some say the same: ties.
        string text = i % 40 == 0 ? "" : i % 10 == 1 ? "w1 w2 w3" : Words(random, 3 + random.Next(20));
        return new ClusterDocument(key, text, new Dictionary<string, string> { ["text"] = text });
    }

    private static string Words(Random random, int count) => string.Join(
        ' ', Enumerable.Range(0, count).Select(_ => $"w{(int)(60 * Math.Pow(random.NextDouble(), 2))}"));

    private static int ShardOf(string split, int i, int shards) => split switch
    {
        "even" => i % shards,
        "skewed" => i % 10 == 0 ? i / 10 % shards : 0,
        _ => i * shards / Documents,
    };

    private static string KeyIn(int i, int shard, int shards)
    {
        for (int salt = 0; ; salt++)
        {
            string key = $"{i:D3}-{salt}";
            if (KeyHash.ShardOf(key, shards) == shard) return key;
        }
    }
}
