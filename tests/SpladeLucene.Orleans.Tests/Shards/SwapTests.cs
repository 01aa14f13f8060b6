using SpladeLucene.Shards;

namespace SpladeLucene.Tests.Clusters.Shards;

/// <summary>A replica that stops while a copied commit takes the place of its index is the old one or the new one afterwards.</summary>
public sealed class SwapTests : IDisposable
{
    private const string Index = "index", Log = "log";

    private readonly LocalReplicas _replicas = new(2, logBytesKept: 0);
    private readonly TemporaryFolder _kept = new();

    public void Dispose()
    {
        _replicas.Dispose();
        _kept.Dispose();
    }

    // Which index has which name, whether the log is the copy's, and how many operations the replica has then.
    [Theory]
    [InlineData("index=old copy=new", false, 2)]
    [InlineData("index=old copy.whole=new", false, 5)]
    [InlineData("index.old=old copy.whole=new", false, 5)]
    [InlineData("index=new index.old=old", false, 5)]
    [InlineData("index=new index.old=old", null, 5)]
    [InlineData("index=new index.old=old", true, 5)]
    [InlineData("index=new index.gone=half", true, 5)]
    public async Task Replica_ThatStopsInTheSwap_IsTheOldOrTheNew(string folders, bool? isNewLog, int operations)
    {
        ShardLeader leader = await KeepBothAsync();
        foreach (string name in new[] { Index, Log }) System.IO.Directory.Delete(InReplica(name), recursive: true);
        foreach (string[] pair in folders.Split(' ').Select(folder => folder.Split('=')))
        {
            Copy(Kept(pair[1] == "new", Index), InReplica(pair[0]));
            if (pair[1] == "half") File.Delete(System.IO.Directory.GetFiles(InReplica(pair[0]))[0]);
        }

        if (isNewLog is { } isNew) Copy(Kept(isNew, Log), InReplica(Log));

        _replicas.Start(1);

        Assert.Equal(operations, _replicas[1].Open!.Describe().LastNumber);
        Assert.False(_replicas[1].Open!.Describe().MayMiss);
        Assert.Empty(System.IO.Directory.GetFiles(InReplica(Log), "*.damaged"));
        await leader.JoinAsync(1);
        await leader.WriteAsync([ShardLeaderTests.Put("e")]);
        Assert.Equal(["a", "b", "c", "d", "e"], _replicas[1].Keys());
        Assert.Equal(
            [Index, Log], System.IO.Directory.GetDirectories(InReplica(".")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    // The second replica's folders before it copied and after.
    private async Task<ShardLeader> KeepBothAsync()
    {
        ShardLeader leader = _replicas.Lead();
        foreach (string key in new[] { "a", "b" }) await leader.WriteAsync([ShardLeaderTests.Put(key)]);
        await _replicas[1].Open!.CommitAsync();
        _replicas.Kill(1);
        Copy(_replicas.FolderOf(1), _kept.PathOf("old"));
        foreach (string key in new[] { "c", "d" }) await leader.WriteAsync([ShardLeaderTests.Put(key)]);
        await _replicas[0].Open!.CommitAsync();
        _replicas.Start(1);
        await leader.JoinAsync(1);
        Assert.True(_replicas[1].Open!.IsServing);
        _replicas.Kill(1);
        Copy(_replicas.FolderOf(1), _kept.PathOf("new"));
        return leader;
    }

    private string Kept(bool isNew, string name) => Path.Combine(_kept.PathOf(isNew ? "new" : "old"), name);

    private string InReplica(string name) => Path.Combine(_replicas.FolderOf(1), name);

    private static void Copy(string from, string to)
    {
        System.IO.Directory.CreateDirectory(to);
        foreach (string path in System.IO.Directory.GetFiles(from)) File.Copy(path, Path.Combine(to, Path.GetFileName(path)));
        foreach (string path in System.IO.Directory.GetDirectories(from)) Copy(path, Path.Combine(to, Path.GetFileName(path)));
    }
}
