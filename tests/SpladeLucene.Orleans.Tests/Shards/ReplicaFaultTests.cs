using SpladeLucene.Grains;
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
        Damage(_replicas.FolderOf(0));
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
        foreach (int number in new[] { 0, 1 }) Damage(_replicas.FolderOf(number));
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

    [Fact]
    public async Task Replica_WhoseDropFails_DropsItAll()
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([ShardLeaderTests.Put("a")]);
        _replicas[0].DiesAppending = (0, true);
        _replicas[1].Before = name => name == nameof(IReplicaGrain.AppendAsync) ? throw new IOException("The connection is lost.") : Task.CompletedTask;
        Task lost = leader.WriteAsync([ShardLeaderTests.Put("lost")]);
        while (_replicas[0].Open is not null) await Task.Delay(10);
        leader.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => lost);
        _replicas[1].Before = _ => Task.CompletedTask;
        ShardLeader next = _replicas.Lead();
        await next.WriteAsync([ShardLeaderTests.Put("b")]);
        _replicas.Start(0);
        await _replicas[0].CatchUpAsync(null, exactly: true);
        _replicas[0].Flush = file =>
        {
            _replicas[0].Flush = RandomAccess.FlushToDisk;
            throw new IOException("The disk fails.");
        };

        await next.JoinAsync(0);
        await next.JoinAsync(0);

        for (int number = 0; number < 2; number++) Assert.Equal(["a", "b"], _replicas[number].Keys());
    }

    [Theory]
    [InlineData(3_000_000, 0)]
    [InlineData(0, 1)]
    public async Task Replica_WhoseFirstJoinWasCutOff_IsntWhole(int bytes, int promises)
    {
        using var replicas = new LocalReplicas(2, writeTimeout: TimeSpan.FromSeconds(2));
        ShardLeader leader = replicas.Lead();
        foreach (string key in new[] { "a", "b", "c" }) await leader.WriteAsync([ShardLeaderTests.Put(key, new string('x', bytes))]);
        replicas.Kill(1);
        System.IO.Directory.Delete(replicas.FolderOf(1), recursive: true);
        replicas.Start(1);
        int reads = 0;
        replicas[0].Before = name => name == nameof(IReplicaGrain.ReadLogAsync) && ++reads > 1 ? throw new IOException("It is down.") : Task.CompletedTask;
        await leader.JoinAsync(1);
        Assert.InRange(replicas[1].Open!.Describe().LastNumber, 1, 3);
        Assert.Equal(promises, Math.Sign(replicas[1].Open!.Describe().Promised));
        leader.Stop();
        foreach (int number in new[] { 0, 1 }) replicas.Kill(number);
        Damage(replicas.FolderOf(0));
        foreach (int number in new[] { 0, 1 }) replicas.Start(number);

        var refused = await Assert.ThrowsAsync<TimeoutException>(() => replicas.Lead().WriteAsync([ShardLeaderTests.Put("d")]));

        Assert.Contains(nameof(SpladeClusterOptions.AcceptEmptyReplicas), refused.Message, StringComparison.Ordinal);
    }

    private async Task WriteAndKillAsync(params int[] numbers)
    {
        ShardLeader leader = _replicas.Lead();
        foreach (string key in new[] { "a", "b", "c" }) await leader.WriteAsync([ShardLeaderTests.Put(key)]);
        foreach (int number in numbers) _replicas.Kill(number);
    }

    private static void Damage(string replica)
    {
        string log = Assert.Single(System.IO.Directory.GetFiles(Path.Combine(replica, "log")));
        byte[] bytes = File.ReadAllBytes(log);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(log, bytes);
    }

    private static string[] Segments(string index) => System.IO.Directory.GetFiles(index, "segments_*");
}
