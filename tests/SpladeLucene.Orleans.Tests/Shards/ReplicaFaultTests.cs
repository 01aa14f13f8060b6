using SpladeLucene.Shards;

namespace SpladeLucene.Tests.Clusters.Shards;

/// <summary>A replica whose files are damaged or can't be read for a while.</summary>
public sealed class ReplicaFaultTests : IDisposable
{
    private readonly LocalReplicas _replicas = new(2);

    public void Dispose() => _replicas.Dispose();

    [Fact]
    public async Task Replica_WithADamagedLog_LeavesTheStartToAWholeOne()
    {
        await WriteAndKillAsync(0, 1);
        Damage(0);
        foreach (int number in new[] { 0, 1 }) _replicas.Start(number);
        Assert.True(_replicas[0].Open!.Describe().MayMiss);

        ShardLeader next = _replicas.Lead();
        await next.WriteAsync([ShardLeaderTests.Put("d")]);
        await next.JoinAsync(0);

        foreach (int number in new[] { 0, 1 }) Assert.Equal(["a", "b", "c", "d"], _replicas[number].Keys());
        Assert.False(_replicas[0].Open!.Describe().MayMiss);
    }

    [Fact]
    public async Task Replicas_WithDamagedLogs_DontStart()
    {
        await WriteAndKillAsync(0, 1);
        foreach (int number in new[] { 0, 1 }) Damage(number);
        foreach (int number in new[] { 0, 1 }) _replicas.Start(number);

        await Assert.ThrowsAsync<TimeoutException>(
            () => _replicas.Lead().WriteAsync([ShardLeaderTests.Put("d")]).WaitAsync(TimeSpan.FromSeconds(0.5)));
    }

    [Fact]
    public async Task Replica_ThatCouldntBeOpened_CanBeLater()
    {
        await _replicas.Lead().WriteAsync([ShardLeaderTests.Put("a")]);
        _replicas.Kill(1);
        string log = Path.Combine(_replicas.FolderOf(1), "log");
        System.IO.Directory.Move(log, log + ".away");
        File.WriteAllText(log, "in the way");
        Assert.ThrowsAny<IOException>(() => _replicas.Start(1));
        File.Delete(log);
        System.IO.Directory.Move(log + ".away", log);

        _replicas.Start(1);

        Assert.Equal(1, _replicas[1].Open!.Describe().LastNumber);
    }

    [Fact]
    public async Task Commit_WhoseFilesCantBeRead_IsntKept()
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([ShardLeaderTests.Put("a")]);
        await _replicas[0].Open!.CommitAsync();
        string index = Path.Combine(_replicas.FolderOf(0), "index");
        using (new FileStream(Assert.Single(Segments(index)), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            await Assert.ThrowsAnyAsync<IOException>(() => _replicas[0].OfferCommitAsync());

        await leader.WriteAsync([ShardLeaderTests.Put("b")]);
        await _replicas[0].Open!.CommitAsync();

        Assert.Single(Segments(index));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public async Task Replica_WhoseLogCantBeFlushed_StopsNoOtherAndBelievesNothingOfIt(int failures)
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([ShardLeaderTests.Put("a")]);
        int left = failures;
        _replicas[1].Flush = file =>
        {
            if (left-- > 0) throw new IOException("The disk fails.");
            RandomAccess.FlushToDisk(file);
        };

        await leader.WriteAsync([ShardLeaderTests.Put("b")]);
        Assert.Equal(1, _replicas[1].Open!.Describe().LastNumber);
        _replicas[1].Flush = RandomAccess.FlushToDisk;
        await leader.JoinAsync(1);

        // Where it couldn't be taken back, the file may show what isn't on the disk.
        Assert.Equal(failures == 1, _replicas[1].Open!.IsServing);
        _replicas.Kill(1);
        _replicas.Start(1);
        await leader.JoinAsync(1);
        for (int number = 0; number < 2; number++) Assert.Equal(["a", "b"], _replicas[number].Keys());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Replica_WhoseIndexCantBeFlushed_LosesNothing(bool isCommitted)
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([ShardLeaderTests.Put("a")]);
        await _replicas[0].Open!.CommitAsync();
        foreach (string key in new[] { "b", "a" }) await leader.WriteAsync([ShardLeaderTests.Put(key)]);
        string inTheWay = Path.Combine(_replicas.FolderOf(0), "index", "_1.si");
        System.IO.Directory.CreateDirectory(inTheWay);

        await Assert.ThrowsAnyAsync<Exception>(() => isCommitted ? _replicas[0].Open!.CommitAsync() : _replicas[0].RefreshAsync(0));
        Assert.False(_replicas[0].Open!.IsServing);
        System.IO.Directory.Delete(inTheWay);
        await _replicas[0].Open!.CommitAsync();
        await leader.JoinAsync(0);
        Assert.Equal(["a", "b"], _replicas[0].Keys());
        _replicas.Kill(0);
        _replicas.Start(0);
        await leader.JoinAsync(0);

        Assert.Equal(["a", "b"], _replicas[0].Keys());
    }

    private async Task WriteAndKillAsync(params int[] numbers)
    {
        ShardLeader leader = _replicas.Lead();
        foreach (string key in new[] { "a", "b", "c" }) await leader.WriteAsync([ShardLeaderTests.Put(key)]);
        foreach (int number in numbers) _replicas.Kill(number);
    }

    private void Damage(int number)
    {
        string log = Assert.Single(System.IO.Directory.GetFiles(Path.Combine(_replicas.FolderOf(number), "log")));
        byte[] bytes = File.ReadAllBytes(log);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(log, bytes);
    }

    private static string[] Segments(string index) => System.IO.Directory.GetFiles(index, "segments_*");
}
