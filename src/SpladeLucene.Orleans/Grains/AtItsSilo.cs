using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using SpladeLucene.Replicas;
using SpladeLucene.Wire;

namespace SpladeLucene.Grains;

/// <summary>A replica is placed where its folder is, a leader with the first of its replicas whose silo is up.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AtItsSiloAttribute() : PlacementAttribute(new AtItsSilo());

/// <inheritdoc cref="AtItsSiloAttribute"/>
internal sealed class AtItsSilo : PlacementStrategy;

/// <summary>Finds the silo by the name that the options give it.</summary>
internal sealed class AtItsSiloDirector(SiloReplicas replicas, IClusterMembershipService membership) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        ShardAddress address = ShardAddress.Parse(target.GrainIdentity.Key.ToString()!);
        SpladeClusterOptions options = replicas.OptionsOf(address);
        string[] names = address.Replica is { } number
            ? [options.SiloOf(address.Shard, number)]
            : [.. Enumerable.Range(0, options.Replicas).Select(replica => options.SiloOf(address.Shard, replica))];
        SiloAddress[] able = context.GetCompatibleSilos(target);
        ClusterMember[] up = [.. membership.CurrentSnapshot.Members.Values.Where(
            member => member.Status == SiloStatus.Active && able.Contains(member.SiloAddress))];
        foreach (string name in names)
        {
            // One that was killed and is back may not have been declared dead yet; the later start is the one that lives.
            if (up.Where(member => member.Name == name).MaxBy(member => member.SiloAddress.Generation) is { } found)
                return Task.FromResult(found.SiloAddress);
        }

        throw new SiloUnavailableException($"No silo named {string.Join(" or ", names)} is up.");
    }
}
