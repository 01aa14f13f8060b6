using SpladeLucene.Wire;

namespace SpladeLucene.Shards;

/// <summary>How what was acknowledged becomes visible.</summary>
internal sealed partial class ShardLeader
{
    /// <summary>Ends when every member shows what was acknowledged before. One that isn't reached may still answer searches, so it is
    /// waited for until it answers or its silo is over; whoever joins later begins with all.</summary>
    /// <exception cref="TimeoutException">A member didn't within <see cref="SpladeClusterOptions.WriteTimeout"/>.</exception>
    public async Task RefreshAsync()
    {
        DateTime deadline = DateTime.UtcNow + options.WriteTimeout;
        while (true)
        {
            _stopped.Token.ThrowIfCancellationRequested();
            if (await InOrderAsync(FindConfigurationAsync).ConfigureAwait(false) is { } now && await IsShownAsync(now).ConfigureAwait(false)) return;
            if (DateTime.UtcNow >= deadline) throw TooLate("refreshed");
            await Task.Delay(Pause, _stopped.Token).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsShownAsync(Configuration now)
    {
        bool[] refreshed = await Task.WhenAll(now.Members.Select(member => IsDoneAsync(
            member, replica => replica.RefreshAsync(now.Epoch)))).ConfigureAwait(false);
        if (refreshed.All(done => done)) return true;
        await deaths.RefreshAsync().ConfigureAwait(false);
        Member[] others = [.. now.Members.Where((member, i) => !refreshed[i] && !deaths.IsOver(member.Incarnation))];
        if (others.Length == 0 && refreshed.Any(done => done)) return true;
        // Who serves may have changed.
        return await InOrderAsync(() =>
        {
            if (_configuration?.Epoch == now.Epoch) _configuration = null;
            return Task.FromResult(false);
        }).ConfigureAwait(false);
    }
}
