using System.Collections.Concurrent;
using SpladeLucene.Grains;
using SpladeLucene.Replicas;
using SpladeLucene.Wire;

namespace SpladeLucene.Shards;

/// <summary>How a replica that was away, or is new, becomes a member again.</summary>
internal sealed partial class ShardLeader
{
    // Of each replica that doesn't join yet.
    private readonly ConcurrentDictionary<int, OngoingFailure> _failures = [];

    /// <summary>Makes a replica that doesn't serve a member, where there is a configuration: it catches up while writes go on, then
    /// once more while they wait, for seconds at most.</summary>
    public async Task JoinAsync(int replica)
    {
        if (await InOrderAsync(FindConfigurationAsync).ConfigureAwait(false) is not { } found) return;
        ReplicaState state = await replicaOf(replica).DescribeAsync().WaitAsync(Patience).ConfigureAwait(false);
        if (Serves(found, replica, state)) return;
        OngoingFailure failures = _failures.GetOrAdd(replica, _ => new OngoingFailure(e => Log.NotYet(logger, options.Name, shard, replica, e)));
        try
        {
            if (await InOrderAsync(() => FindPeerAsync(replica)).ConfigureAwait(false) is not { } peer) return;
            await replicaOf(replica).CatchUpAsync(peer, exactly: false).ConfigureAwait(false);
            await InOrderAsync(() => AdmitAsync(replica)).ConfigureAwait(false);
            failures.Tell(null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failures.Tell(e);
        }
    }

    // It is sealed only now that it has caught up once: one that has promised something and knows that it misses nothing counts as whole.
    private async Task<bool> AdmitAsync(int replica)
    {
        if (await FindPeerAsync(replica).ConfigureAwait(false) is not { } peer || _configuration is not { } now) return false;
        long epoch = await NextEpochAsync(now.Epoch).ConfigureAwait(false);
        _latest = epoch;
        IReplicaGrain joining = replicaOf(replica);
        ReplicaState promise = await joining.SealAsync(epoch, _id).WaitAsync(Patience).ConfigureAwait(false);
        if (promise.Promised != epoch || promise.Leader != _id)
        {
            StepDown();
            return false;
        }

        ReplicaState caughtUp = await joining.CatchUpAsync(peer, exactly: true).WaitAsync(Patience).ConfigureAwait(false);
        if (caughtUp.LastNumber != now.LastNumber)
        {
            _configuration = null;
            throw new InvalidOperationException(
                $"Replica {replica} has {caughtUp.LastNumber} operations where {now.LastNumber} are written; where the logs end is found out anew.");
        }

        string? refusal = await ConfigureAsync(
            epoch,
            [.. now.Members.Where(member => member.Replica != replica)],
            [new Member(replica, caughtUp.Incarnation)],
            now.LastNumber).ConfigureAwait(false);
        return refusal is null ? true : throw new InvalidOperationException(refusal);
    }

    /// <summary>Finds a member to catch up from: one that says itself that it serves, not one that has been restarted since.</summary>
    /// <returns>Null where there is none, or the replica serves already.</returns>
    private async Task<int?> FindPeerAsync(int replica)
    {
        // The second time after who serves was found out anew.
        for (int i = 0; i < 2; i++)
        {
            if (await FindConfigurationAsync().ConfigureAwait(false) is not { } now) return null;
            ReplicaState?[] states = await DescribeAllAsync().ConfigureAwait(false);
            if (states.Max(state => state?.Promised) > _latest)
            {
                StepDown();
                return null;
            }

            if (Serves(now, replica, states[replica])) return null;
            Member? peer = now.Members.FirstOrDefault(
                member => member.Replica != replica && Serves(now, member.Replica, states[member.Replica]));
            if (peer is not null) return peer.Replica;
            _configuration = null;
        }

        return null;
    }

    private static bool Serves(Configuration now, int replica, ReplicaState? state) =>
        state is { IsServing: true } && state.Epoch == now.Epoch && now.Members.Contains(new Member(replica, state.Incarnation));
}
