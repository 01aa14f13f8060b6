using Orleans;
using SpladeLucene.Wire;

namespace SpladeLucene.Grains;

/// <summary>The address of one replica of a shard: what a shard's leader, searches and other replicas ask of it.</summary>
internal interface IReplicaGrain : IGrainWithStringKey
{
    Task<ReplicaState> DescribeAsync();

    /// <summary>Promises to refuse appends of an earlier epoch, or of another leader in this one.</summary>
    /// <returns>Where it stands; its <see cref="ReplicaState.Promised"/> is later where it refused.</returns>
    Task<ReplicaState> SealAsync(long epoch, Guid leader);

    /// <summary>Has it begin to serve in no earlier epoch, also where it was asked to before and hasn't come to it. Waits for no disk.
    /// </summary>
    /// <returns>Where it stands: where it serves, it had begun before.</returns>
    Task<ReplicaState> FenceAsync(long epoch);

    /// <summary>Makes it know who acknowledges from now on; where it is among them, it serves.</summary>
    /// <returns>Whether it took it: not where it has promised a later epoch or is fenced off by one, or has promised itself to another leader.</returns>
    Task<bool> ConfigureAsync(long epoch, Guid leader, Member[] members);

    /// <summary>Writes operations to the log, which has to end before the first of them, and applies them.</summary>
    /// <returns>Whether it has them; not where it doesn't serve in this epoch, or its log ends elsewhere.</returns>
    Task<bool> AppendAsync(long epoch, Guid leader, long firstNumber, byte[][] operations);

    /// <summary>Applies its own log, after it fetched what it misses from another replica and dropped what that one, which has to
    /// serve then, doesn't have. It goes on when nobody waits any more, and the next call waits for it: an answer that a connection lost
    /// is missed for a minute.</summary>
    /// <param name="peer">Null for its own log alone.</param>
    /// <param name="exactly">To the last operation, without copying files, as writes wait; else until little is missing.</param>
    [ResponseTimeout("00:01:00")]
    Task<ReplicaState> CatchUpAsync(int? peer, bool exactly);

    /// <summary>The operations after a place in its log.</summary>
    Task<LogPage> ReadLogAsync(long number, byte[] hash);

    /// <summary>Commits, and keeps the commit's files until they are released; null where it doesn't serve. A file is read for its
    /// checksum once, so that a call that took too long goes on with the next.</summary>
    [ResponseTimeout("00:05:00")]
    Task<CommitOffer?> OfferCommitAsync();

    /// <summary>A part of a file of an offered commit.</summary>
    Task<byte[]> ReadFileAsync(Guid offer, string name, long at);

    /// <summary>Lets the files go.</summary>
    Task ReleaseCommitAsync(Guid offer);

    /// <summary>Document frequencies of a vector's terms and of words; null where it doesn't serve.</summary>
    Task<ShardStatistics?> StatisticsAsync(WireQuestion question);

    /// <summary>The best hits; null where it doesn't serve, or has live documents of other models than the vector's.</summary>
    Task<ShardHit[]?> SearchAsync(WireVector vector, int wanted);

    /// <summary>What the best documents score by their meaning, the best first; null where it doesn't serve.</summary>
    Task<float[]?> BestScoresAsync(WireVector vector, int wanted);

    /// <summary>The best hits by words and meaning; null as for <see cref="SearchAsync"/>.</summary>
    Task<ShardHit[]?> SearchHybridAsync(WireHybridQuery query, int wanted);

    /// <summary>Makes what it has visible.</summary>
    /// <returns>Whether it serves in this epoch.</returns>
    Task<bool> RefreshAsync(long epoch);
}
