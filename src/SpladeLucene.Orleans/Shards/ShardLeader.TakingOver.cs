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
        ReplicaState?[] states = await DescribeAllAsync().ConfigureAwait(false);
        ReplicaState[] known = [.. states.OfType<ReplicaState>()];
        if (known.MaxBy(state => state.Epoch) is not { } latest) return "none of its replicas answers";
        long promised = known.Max(state => state.Promised);
        if (promised > _latest) return StepDown();
        _latest = promised;
        Member[] members = latest.Members;
        if (ReplicaConfiguration.WrittenBy(members) is var replicas && replicas > options.Replicas)
            return $"it was written with {replicas} replicas, not {options.Replicas}; set that back, or give the index another name and write it anew";
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

        long epoch = await NextEpochAsync(promised).ConfigureAwait(false);
        ILookup<bool, int> there = members.Where(member => states[member.Replica]?.Incarnation == member.Incarnation)
            .ToLookup(member => states[member.Replica]!.IsServing, member => member.Replica);
        if (await FenceAsync([.. there[false]], epoch).ConfigureAwait(false) is { } unsure) return unsure;
        // One that has been there without a break has all that was acknowledged; the others join later, when they can.
        int[] serving = [.. there[true]];
        return serving.Length > 0
            ? await SealServingAsync(serving, epoch).ConfigureAwait(false)
            : await StartAsync(states, members, latest, epoch).ConfigureAwait(false);
    }

    // One that doesn't serve may have been asked to, and come to it only when others have acknowledged without it.
    private async Task<string?> FenceAsync(int[] replicas, long epoch)
    {
        ReplicaState?[] states = await Task.WhenAll(replicas.Select(
            replica => TryAsync(replica, known => known.FenceAsync(epoch)))).ConfigureAwait(false);
        int unsure = Array.FindIndex(states, state => state is not { IsServing: false });
        return unsure < 0 ? null
            : $"replica {replicas[unsure]} {(states[unsure] is null ? "doesn't answer" : "has begun to serve")}";
    }

    // All of the last configuration together know that there was none after it, and whose log is whole has what they acknowledged.
    private async Task<string?> StartAsync(ReplicaState?[] states, Member[] members, ReplicaState latest, long epoch)
    {
        // Without a configuration nothing was ever acknowledged.
        bool IsLost(int replica) => states[replica] is { IsEmpty: true } && latest.Epoch > 0;
        int[] replicas = [.. members.Select(member => member.Replica)];
        int[] missing = [.. replicas.Where(replica => states[replica] is null || (IsLost(replica) && !options.AcceptEmptyReplicas))];
        int[] whole = [.. replicas.Where(replica => states[replica] is { MayMiss: false } && !IsLost(replica))];
        if (whole.Length == 0) whole = options.AcceptEmptyReplicas ? replicas : [];
        if (missing.Length == 0 && whole.Length > 0) return await SealRestartedAsync(whole, epoch).ConfigureAwait(false);
        return "its replicas that are there have been restarted and may miss what was acknowledged; it needs one of "
            + string.Join(", ", missing.Length > 0 ? missing : replicas)
            + $", or all, of whatever folders, and {nameof(options.AcceptEmptyReplicas)}, which gives up what only others had";
    }

    private async Task<string?> SealServingAsync(int[] replicas, long epoch)
    {
        if (await SealAsync(replicas, epoch).ConfigureAwait(false) is not { } states) return StepDown();
        if (!states.All(state => state.IsServing)) return "a replica that served has been restarted";
        int longest = Longest(states);
        foreach (int replica in replicas.Where((_, i) => i != longest))
        {
            Task caughtUp = replicaOf(replica).CatchUpAsync(replicas[longest], exactly: true).WaitAsync(Patience);
            if (!await IsDoneAsync(caughtUp).ConfigureAwait(false)) return $"replica {replica} doesn't catch up";
        }

        return await ConfigureAsync(epoch, [.. replicas.Select((replica, i) => new Member(replica, states[i].Incarnation))], [],
            states[longest].LastNumber).ConfigureAwait(false);
    }

    private async Task<string?> SealRestartedAsync(int[] replicas, long epoch)
    {
        if (await SealAsync(replicas, epoch).ConfigureAwait(false) is not { } states) return StepDown();
        int longest = Longest(states);
        await replicaOf(replicas[longest]).CatchUpAsync(null, exactly: true).ConfigureAwait(false);
        var others = new List<Member>();
        for (int i = 0; i < replicas.Length; i++)
        {
            if (i == longest) continue;
            Task caughtUp = replicaOf(replicas[i]).CatchUpAsync(replicas[longest], exactly: true).WaitAsync(Patience);
            // One that takes long joins later.
            if (await IsDoneAsync(caughtUp).ConfigureAwait(false)) others.Add(new Member(replicas[i], states[i].Incarnation));
        }

        return await ConfigureAsync(
            epoch, [new Member(replicas[longest], states[longest].Incarnation)], [.. others], states[longest].LastNumber).ConfigureAwait(false);
    }

    /// <returns>Null where one has promised itself to another leader.</returns>
    private async Task<ReplicaState[]?> SealAsync(int[] replicas, long epoch)
    {
        _latest = epoch;
        ReplicaState[] states = await Task.WhenAll(replicas.Select(
            replica => replicaOf(replica).SealAsync(epoch, _id).WaitAsync(Patience))).ConfigureAwait(false);
        return states.All(state => state.Promised == epoch && state.Leader == _id) ? states : null;
    }

    // Members' logs differ in what was never acknowledged only, and one is the beginning of the other.
    private static int Longest(ReplicaState[] states) => Enumerable.Range(0, states.Length).MaxBy(i => states[i].LastNumber);

    private string StepDown()
    {
        Stop();
        onReplaced?.Invoke();
        return "another leader has taken over";
    }

    // Who begins to serve is told when all that serve know of it, so that no leader forgets one that serves.
    private async Task<string?> ConfigureAsync(long epoch, Member[] serving, Member[] joining, long lastNumber)
    {
        // Whatever comes of it, the configuration before is no longer sure to be the last.
        _configuration = null;
        _latest = epoch;
        Member[] all = [.. serving, .. joining];
        foreach (Member[] some in new[] { serving, joining })
        {
            bool[] taken = await Task.WhenAll(some.Select(member => replicaOf(member.Replica)
                .ConfigureAsync(epoch, _id, all).WaitAsync(Patience))).ConfigureAwait(false);
            if (!taken.All(took => took)) return "a replica refused its configuration";
        }

        _configuration = new Configuration(epoch, all, lastNumber);
        Log.Configured(logger, options.Name, shard, string.Join(", ", all.Select(member => member.Replica).Order()), epoch);
        return null;
    }
}
