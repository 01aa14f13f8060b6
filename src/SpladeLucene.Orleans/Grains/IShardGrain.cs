using Orleans;
using SpladeLucene.Wire;

namespace SpladeLucene.Grains;

/// <summary>The address of a shard's leader, which gives its writes their order.</summary>
internal interface IShardGrain : IGrainWithStringKey
{
    /// <summary>Ends when the log of every live replica has the operations.</summary>
    /// <returns>Null then; the leader to whom they are to be sent again, where they weren't sent to this one.</returns>
    Task<Guid?> WriteAsync(byte[][] operations, WriteNumber number);

    /// <summary>Ends when what was acknowledged by now is visible on every replica that serves.</summary>
    Task RefreshAsync();

    /// <summary>Brings a replica that doesn't serve up to date, where that can be done now.</summary>
    [ResponseTimeout("00:01:00")]
    Task JoinAsync(int replica);
}
