using System.Text;

namespace SpladeLucene.Routing;

/// <summary>Which shard has a key: the same on every machine and in every version, as data lies by it (FNV-1a, mixed).</summary>
internal static class KeyHash
{
    public static int ShardOf(string key, int shards)
    {
        ulong hash = 14695981039346656037;
        foreach (byte unit in Encoding.UTF8.GetBytes(key)) hash = (hash ^ unit) * 1099511628211;
        // FNV's low bits depend on few of the key's.
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash ^= hash >> 33;
        return (int)(hash % (ulong)shards);
    }
}
