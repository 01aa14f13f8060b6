using SpladeLucene.Shards;
using SpladeLucene.Wire;

namespace SpladeLucene.Tests.Clusters.Shards;

/// <summary>A replica that the others' logs don't reach back to copies the files of a commit.</summary>
public sealed class CopyTests : IDisposable
{
    private readonly LocalReplicas _replicas = new(2, logBytesKept: 0);
    private readonly List<string> _copied = [];

    public void Dispose() => _replicas.Dispose();

    [Fact]
    public async Task Replica_ThatIsNew_CopiesTheCommitAndThenTheLog()
    {
        ShardLeader leader = await WriteWithoutAsync("a", "b", "c");
        System.IO.Directory.Delete(_replicas.FolderOf(1), recursive: true);
        await leader.WriteAsync([Put("d")]);
        _replicas.Start(1);
        Watch((_, part) => part);

        await leader.JoinAsync(1);
        await leader.WriteAsync([Put("e")]);

        Assert.Equal(["a", "b", "c", "d", "e"], _replicas[1].Keys());
        Assert.StartsWith("segments_", _copied[^1], StringComparison.Ordinal);
        Assert.False(System.IO.Directory.Exists(Path.Combine(_replicas.FolderOf(1), "copy")));
        AssertOneLogFile();
    }

    [Fact]
    public async Task Replica_ThatIsFarBehind_CopiesOnlyFilesThatItHasnt()
    {
        ShardLeader leader = await WriteWithoutAsync("a", "b");
        _replicas.Start(1);
        Watch((_, part) => part);
        await leader.JoinAsync(1);
        string[] first = [.. _copied];
        _copied.Clear();
        await _replicas[1].Open!.CommitAsync();
        _replicas.Kill(1);
        await leader.WriteAsync([Put("c")]);
        await _replicas[0].Open!.CommitAsync();
        _replicas.Start(1);

        await leader.JoinAsync(1);

        Assert.Equal(["a", "b", "c"], _replicas[1].Keys());
        Assert.NotEmpty(_copied);
        Assert.True(first.Length > 1);
        Assert.Empty(_copied.Intersect(first));
    }

    [Fact]
    public async Task Copy_ThatIsCutOff_GoesOnWhereItWas()
    {
        ShardLeader leader = await WriteWithoutAsync("a", "b", "c");
        _replicas.Start(1);
        int left = 3;
        Watch((_, part) => left-- > 0 ? part : throw new IOException("Cut off."));
        await leader.JoinAsync(1);
        Assert.False(_replicas[1].Open!.IsServing);
        string[] first = [.. _copied.Take(3)];
        _copied.Clear();

        // Half of a file is there as well.
        string half = Path.Combine(_replicas.FolderOf(1), "copy", first[2]);
        File.WriteAllBytes(half, File.ReadAllBytes(half)[..10]);
        Watch((_, part) => part);
        await leader.JoinAsync(1);

        Assert.Equal(["a", "b", "c"], _replicas[1].Keys());
        Assert.Empty(_copied.Intersect(first[..2]));
        Assert.Contains(first[2], _copied);
    }

    [Fact]
    public async Task File_ThatArrivesDamaged_IsRefusedAndCopiedAgain()
    {
        ShardLeader leader = await WriteWithoutAsync("a", "b", "c");
        _replicas.Start(1);
        bool isFirst = true;
        Watch((name, part) =>
        {
            if (isFirst && name.StartsWith("segments_", StringComparison.Ordinal))
            {
                isFirst = false;
                part[^1] ^= 1;
            }

            return part;
        });
        await leader.JoinAsync(1);
        Assert.False(_replicas[1].Open!.IsServing);

        await leader.JoinAsync(1);

        Assert.Equal(["a", "b", "c"], _replicas[1].Keys());
        Assert.Equal(2, _copied.Count(name => name.StartsWith("segments_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Files_OfACommitThatIsCopied_StayUntilItIsReleased()
    {
        ShardLeader leader = await WriteWithoutAsync("a", "b");
        CommitOffer offer = (await _replicas[0].OfferCommitAsync())!;
        for (int i = 0; i < 12; i++)
        {
            await leader.WriteAsync([Put("a"), Put("b")]);
            await _replicas[0].Open!.CommitAsync();
        }

        foreach (FileOffer file in offer.Files) Assert.Equal(file.Length, (await _replicas[0].ReadFileAsync(offer.Id, file.Name, 0)).Length);
        await _replicas[0].ReleaseCommitAsync(offer.Id);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _replicas[0].ReadFileAsync(offer.Id, offer.Files[0].Name, 0));
    }

    // The second replica is down, and the first has cut its log at a commit.
    private async Task<ShardLeader> WriteWithoutAsync(params string[] keys)
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([Put("a")]);
        _replicas.Kill(1);
        foreach (string key in keys) await leader.WriteAsync([Put(key)]);
        await _replicas[0].Open!.CommitAsync();
        AssertOneLogFile();
        return leader;
    }

    private void AssertOneLogFile() => Assert.Single(System.IO.Directory.GetFiles(Path.Combine(_replicas.FolderOf(0), "log")));

    private void Watch(Func<string, byte[], byte[]> change) => _replicas[0].OnTheWay = (name, part) =>
    {
        _copied.Add(name);
        return change(name, part);
    };

    private static byte[] Put(string key) => ShardLeaderTests.Put(key);
}
