using Orleans.Runtime;
using SpladeLucene.Shards;

namespace SpladeLucene.Grains;

/// <summary>The membership of Orleans, in which a silo that is dead never comes back but as another start.</summary>
internal sealed class SiloDeaths(IClusterMembershipService membership) : ISiloDeaths
{
    public async Task<long> RefreshAsync()
    {
        await membership.Refresh().ConfigureAwait(false);
        return membership.CurrentSnapshot.Version.Value;
    }

    // Dead entries are forgotten after a while; a silo that lives is never unknown to a membership that was just read.
    public bool IsOver(string incarnation) =>
        membership.CurrentSnapshot.GetSiloStatus(SiloAddress.FromParsableString(incarnation)) is SiloStatus.Dead or SiloStatus.None;
}
