using SpladeLucene.Routing;

namespace SpladeLucene.Tests.Clusters.Routing;

/// <summary>How documents may lie on shards: by keys that are chosen for it.</summary>
public static class Splits
{
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

    /// <summary>The key of a document, by its place among so many.</summary>
    internal static string KeyOf(string split, int place, int shards, int documents)
    {
        int shard = ShardOf(split, place, shards, documents);
        for (int salt = 0; ; salt++)
        {
            string key = $"{place:D3}-{salt}";
            if (KeyHash.ShardOf(key, shards) == shard) return key;
        }
    }

    private static int ShardOf(string split, int place, int shards, int documents) => split switch
    {
        "even" => place % shards,
        "skewed" => place % 10 == 0 ? place / 10 % shards : 0,
        _ => place * shards / documents,
    };
}
