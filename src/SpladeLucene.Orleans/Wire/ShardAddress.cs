using System.Globalization;

namespace SpladeLucene.Wire;

/// <summary>The key of a grain: an index's name, a shard, and a replica of it or none for its leader.</summary>
internal sealed record ShardAddress(string Name, int Shard, int? Replica = null)
{
    public static ShardAddress Parse(string key)
    {
        string[] parts = key.Split('/');
        return new ShardAddress(parts[0], Number(parts[1]), parts.Length > 2 ? Number(parts[2]) : null);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name}/{Shard}{(Replica is { } replica ? "/" + replica.ToString(CultureInfo.InvariantCulture) : "")}");

    private static int Number(string part) => int.Parse(part, CultureInfo.InvariantCulture);
}
