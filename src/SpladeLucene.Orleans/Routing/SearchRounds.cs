using System.Diagnostics;
using SpladeLucene.Grains;

namespace SpladeLucene.Routing;

/// <summary>
/// The questions of one search, each to one replica of every shard that has answered all before: what was counted is what is
/// searched, as a shard's replicas are refreshed at different times. Belongs to one search.
/// </summary>
internal sealed class SearchRounds(ShardAsker asker, int shards, TimeSpan deadline, CancellationToken cancellationToken)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly int _turn = asker.NextTurn();
    private readonly int?[] _replicas = new int?[shards];
    private int[] _left = [.. Enumerable.Range(0, shards)];

    /// <summary>The shards that didn't answer in time.</summary>
    public int[] Missing => [.. Enumerable.Range(0, shards).Except(_left)];

    /// <summary>Whether a shard answered and then refused, as it is down or its documents aren't any more what was counted.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>How long the questions still have.</summary>
    public TimeSpan TimeLeft => deadline - Stopwatch.GetElapsedTime(_started);

    /// <summary>Asks what others follow: a shard that hangs leaves half of the time to the others' hits.</summary>
    public Task<T?[]> AskAsync<T>(Func<IReplicaGrain, Task<T?>> ask)
        where T : class => AskAsync(ask, TimeLeft / 2);

    /// <summary>Asks for the hits.</summary>
    public Task<T?[]> AskLastAsync<T>(Func<IReplicaGrain, Task<T?>> ask)
        where T : class => AskAsync(ask, TimeLeft);

    private async Task<T?[]> AskAsync<T>(Func<IReplicaGrain, Task<T?>> ask, TimeSpan time)
        where T : class
    {
        ShardAnswer<T>?[] answers = await asker.AskAllAsync(
            _left, shard => _replicas[shard], _turn, ask, time, cancellationToken).ConfigureAwait(false);
        IsRefused |= _left.Any(shard => _replicas[shard] is not null && answers[shard] is { Value: null });
        for (int shard = 0; shard < shards; shard++) _replicas[shard] = answers[shard]?.Replica;
        _left = [.. _left.Where(shard => answers[shard]?.Value is not null)];
        return [.. answers.Select(answer => answer?.Value)];
    }
}
