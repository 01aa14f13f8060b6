using SpladeLucene.Replicas;
using SpladeLucene.Wire;

namespace SpladeLucene.Shards;

/// <summary>How a leader finds out what was acknowledged before it, and who acknowledges from now on.</summary>
internal sealed partial class ShardLeader
{
    /// <summary>Finds who has all that was acknowledged and makes them this leader's.</summary>
    /// <returns>What is in the way; null for nothing.</returns>
    private async Task<string?> TakeOverAsync()
    {
        ReplicaState?[] states = await Task.WhenAll(
            Enumerable.Range(0, options.Replicas).Select(replica => TryAsync(replica, known => known.DescribeAsync()))).ConfigureAwait(false);
        ReplicaState[] known = [.. states.OfType<ReplicaState>()];
        if (known.MaxBy(state => state.Epoch) is not { } latest) return "none of its replicas answers";
        long promised = known.Max(state => state.Promised);
        if (promised > _latest) return StepDown();
        _latest = promised;
        Member[] members = latest.Members;
        if (latest.Epoch == 0)
        {
            if (known.Length < options.Replicas) return "not all of its replicas have been there yet";
            members = [.. states.Select((state, replica) => new Member(replica, state!.Incarnation))];
        }

        await deaths.RefreshAsync().ConfigureAwait(false);
        foreach (Member member in members)
        {
            if (states[member.Replica] is null && !deaths.IsOver(member.Incarnation)) return $"replica {member.Replica} doesn't answer";
        }

        bool isSure = members.Any(
            member => states[member.Replica] is { IsServing: true } state && state.Incarnation == member.Incarnation);
        bool areAllThere = members.All(member => states[member.Replica] is { } state
            && (!state.IsEmpty || options.AcceptEmptyReplicas || known.All(other => other.LastNumber == 0)));
        if (!isSure && !areAllThere)
        {
            return "its replicas that are there have been restarted and may miss what was acknowledged; it needs one of "
                + string.Join(", ", members.Where(member => states[member.Replica] is null or { IsEmpty: true }).Select(member => member.Replica));
        }

        return await SealAsync(
            [.. members.Where(member => states[member.Replica] is { } state && (latest.Epoch == 0 || !state.IsEmpty))
                .Select(member => member.Replica)],
            await NextEpochAsync(promised).ConfigureAwait(false)).ConfigureAwait(false);
    }

    // Their logs differ in what was never acknowledged only, and one is the beginning of the other.
    private async Task<string?> SealAsync(int[] replicas, long epoch)
    {
        _latest = epoch;
        ReplicaState[] states = await Task.WhenAll(replicas.Select(
            replica => replicaOf(replica).SealAsync(epoch, _id).WaitAsync(Patience))).ConfigureAwait(false);
        if (states.Any(state => state.Promised != epoch || state.Leader != _id)) return StepDown();
        int longest = Enumerable.Range(0, replicas.Length).MaxBy(i => states[i].LastNumber);
        await replicaOf(replicas[longest]).CatchUpAsync(null).ConfigureAwait(false);
        var members = new List<int> { longest };
        for (int i = 0; i < replicas.Length; i++)
        {
            if (i == longest) continue;
            Task<ReplicaState> caughtUp = replicaOf(replicas[i]).CatchUpAsync(replicas[longest]);
            // One that has been restarted may take long, and joins later; one that serves is to be a member.
            if (await IsDoneAsync(caughtUp.WaitAsync(Patience)).ConfigureAwait(false)) members.Add(i);
            else if (states[i].IsServing) return $"replica {replicas[i]} doesn't catch up";
        }

        Member[] MembersThat(Func<int, bool> are) => [.. members.Where(are).Select(i => new Member(replicas[i], states[i].Incarnation))];
        bool serveAny = states.Any(state => state.IsServing);
        bool IsFirst(int i) => serveAny ? states[i].IsServing : i == longest;
        await ConfigureAsync(epoch, MembersThat(IsFirst), MembersThat(i => !IsFirst(i)), states[longest].LastNumber).ConfigureAwait(false);
        return _configuration is null ? "a replica refused its configuration" : null;
    }

    private string StepDown()
    {
        Stop();
        onReplaced?.Invoke();
        return "another leader has taken over";
    }

    // Who begins to serve is told when all that serve know of it, so that no leader forgets one that serves.
    private async Task ConfigureAsync(long epoch, Member[] serving, Member[] joining, long lastNumber)
    {
        // Whatever comes of it, the configuration before is no longer sure to be the last.
        _configuration = null;
        _latest = epoch;
        Member[] all = [.. serving, .. joining];
        foreach (Member[] some in new[] { serving, joining })
        {
            bool[] taken = await Task.WhenAll(some.Select(member => replicaOf(member.Replica)
                .ConfigureAsync(epoch, _id, all).WaitAsync(Patience))).ConfigureAwait(false);
            if (!taken.All(took => took)) return;
        }

        _configuration = new Configuration(epoch, all, lastNumber);
        Log.Configured(logger, options.Name, shard, string.Join(", ", all.Select(member => member.Replica).Order()), epoch);
    }
}
