using Microsoft.Extensions.Logging;

namespace SpladeLucene.Replicas;

/// <summary>What happens to replicas, for the log of the host.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The replica in {Folder} serves, with {Operations} operations")]
    public static partial void Serves(ILogger logger, string folder, long operations);

    [LoggerMessage(2, LogLevel.Warning, "{Bytes} bytes of the log in {Folder} weren't written whole and are cut off; it ends with operation {Last}")]
    public static partial void CutOff(ILogger logger, string folder, long bytes, long last);

    [LoggerMessage(10, LogLevel.Error, "The log in {Folder} is damaged or isn't its index's: what was in it stands beside it as *.damaged, and the replica waits for one that has everything")]
    public static partial void MayMiss(ILogger logger, string folder);

    [LoggerMessage(3, LogLevel.Error, "The replica in {Folder} can't write and serves no longer")]
    public static partial void Failed(ILogger logger, string folder, Exception exception);

    [LoggerMessage(4, LogLevel.Information, "The replica in {Folder} drops what was never acknowledged or is in no other's log, and goes on at operation {Number}")]
    public static partial void Drops(ILogger logger, string folder, long number);

    [LoggerMessage(9, LogLevel.Information, "The replica in {Folder} has copied {Bytes} bytes of a commit and goes on at operation {Number}")]
    public static partial void Copied(ILogger logger, string folder, long bytes, long number);

    [LoggerMessage(5, LogLevel.Warning, "Shard {Shard} of {Name} waits: {Reason}")]
    public static partial void Waits(ILogger logger, string name, int shard, string reason);

    [LoggerMessage(6, LogLevel.Information, "Shard {Shard} of {Name} is acknowledged by the replicas {Members} since epoch {Epoch}")]
    public static partial void Configured(ILogger logger, string name, int shard, string members, long epoch);

    [LoggerMessage(7, LogLevel.Warning, "Replica {Replica} of shard {Shard} of {Name} can't be brought up to date yet")]
    public static partial void NotYet(ILogger logger, string name, int shard, int replica, Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "Replica {Replica} of shard {Shard} of {Name} can't join yet; it is tried again")]
    public static partial void CantJoin(ILogger logger, string name, int shard, int? replica, Exception exception);

    [LoggerMessage(8, LogLevel.Error, "The replica of shard {Shard} of {Name} in this silo can't be refreshed or committed")]
    public static partial void NoUpkeep(ILogger logger, string name, int shard, Exception exception);
}
