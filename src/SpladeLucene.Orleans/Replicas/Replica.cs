using Lucene.Net.Documents;
using Lucene.Net.Index;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using SpladeLucene.Grains;
using SpladeLucene.Logs;
using SpladeLucene.Wire;

namespace SpladeLucene.Replicas;

/// <summary>
/// One replica of a shard in a folder of this silo: a log, and an index that has what the log says. It serves from when a leader
/// configures it until the process ends or its disk fails, and has every acknowledged operation as long. Thread-safe.
/// </summary>
internal sealed partial class Replica : IDisposable
{
    private const long PageBytes = 4 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _writes = new(1);
    private readonly object _fencing = new();
    private readonly SpladeClusterOptions _options;
    private readonly string _folder;
    private readonly IndexSwap _swap;
    private readonly string _incarnation;
    private readonly ILogger _logger;
    private readonly int _number;
    private readonly Action<SafeFileHandle>? _flush;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;
    private ReplicaConfiguration _configuration;
    private volatile ReplicaIndex _index;
    private ReplicaLog _log;
    // The last operation that the index has, committed or not.
    private long _applied;
    private volatile bool _isServing;
    // It doesn't begin to serve in an earlier epoch; guarded by _fencing.
    private long _fence;
    // What was open isn't any more, and couldn't be opened again yet.
    private bool _isClosed;
    private bool _isDisposed;

    public Replica(
        string folder, SpladeClusterOptions options, int number, string incarnation, ILogger logger, Action<SafeFileHandle>? flush = null)
    {
        (_folder, _options, _number, _incarnation, _logger, _flush) = (folder, options, number, incarnation, logger, flush);
        _swap = new IndexSwap(folder);
        _stopped = _stopping.Token;
        System.IO.Directory.CreateDirectory(folder);
        _configuration = ReplicaConfiguration.Read(Path.Combine(folder, ReplicaConfiguration.FileName))
            ?? new(0, Guid.Empty, 0, [], options.Shards) { HasWords = options.HasWords };
        _configuration.Check(folder, options);
        _configuration = _configuration with { Silos = [.. options.Silos], Replicas = options.Replicas };
        (_index, _log) = Open();
    }

    public bool IsServing => _isServing && !_index.IsLost;

    public ReplicaState Describe() => new()
    {
        Incarnation = _incarnation,
        IsServing = IsServing,
        Epoch = _configuration.Epoch,
        Promised = _configuration.Promised,
        Leader = _configuration.Leader,
        Members = _configuration.Members,
        LastNumber = _log.LastNumber,
        MayMiss = _configuration.MayMiss,
    };

    public Task<ReplicaState> SealAsync(long epoch, Guid leader) => InOrderAsync(() =>
    {
        if (epoch > _configuration.Promised)
        {
            Remember(_configuration with { Promised = epoch, Leader = leader });
        }

        return Describe();
    });

    /// <summary>Doesn't begin to serve in an earlier epoch, whatever was asked for before and waits. Ends at once, also while the disk
    /// is busy or fails.</summary>
    public ReplicaState Fence(long epoch)
    {
        lock (_fencing)
        {
            _fence = Math.Max(_fence, epoch);
            return Describe();
        }
    }

    public Task<bool> ConfigureAsync(long epoch, Guid leader, Member[] members) => InOrderAsync(() =>
    {
        if (epoch < _configuration.Promised || leader != _configuration.Leader) return false;
        bool serves = members.Contains(new Member(_number, _incarnation));
        if (serves) Replay();
        bool mayMiss = _configuration.MayMiss && !serves;
        Remember(_configuration with { Promised = epoch, Leader = leader, Epoch = epoch, Members = members, MayMiss = mayMiss });
        bool begins = serves && !IsServing;
        if (begins) Flush(index => index.Refresh());
        lock (_fencing)
        {
            if (epoch < _fence) return false;
            _isServing = serves;
        }

        if (begins) Log.Serves(_logger, _folder, _applied);
        return true;
    });

    public Task<bool> AppendAsync(long epoch, Guid leader, long firstNumber, byte[][] operations) => InOrderAsync(() =>
    {
        bool isMine = IsServing && epoch == _configuration.Epoch && epoch == _configuration.Promised && leader == _configuration.Leader;
        // What the log may have from there on hasn't been compared with these.
        if (!isMine || _log.LastNumber + 1 != firstNumber) return false;
        Append(operations);
        return true;
    });

    /// <summary>Commits what isn't, and deletes the log's files that aren't needed any more.</summary>
    public Task CommitAsync() => InOrderAsync(() =>
    {
        Commit();
        _index.Offers.Forget();
        return true;
    });

    /// <summary>Lets go of what it fetches or applies; it isn't begun again.</summary>
    public void Stop() => _stopping.Cancel();

    /// <summary>Closes what is open, without a commit: the log has it all.</summary>
    public void Dispose()
    {
        _isServing = false;
        Stop();
        _writes.Wait();
        if (!_isDisposed)
        {
            _isDisposed = true;
            _index.Dispose();
            _log.Dispose();
        }

        _writes.Release();
    }

    private (ReplicaIndex Index, ReplicaLog Log) Open()
    {
        bool isCopied = _swap.Continue();
        var index = new ReplicaIndex(_swap.Index, _options);
        ReplicaLog? log = null;
        try
        {
            log = ReplicaLog.Open(Path.Combine(_folder, "log"), index.CommittedNumber, index.CommittedHash, isCopied, _flush);
            if (isCopied) _swap.End();
            if (log.CutOff > 0) Log.CutOff(_logger, _folder, log.CutOff, log.LastNumber);
            if (log.MayMiss)
            {
                Log.MayMiss(_logger, _folder);
                Remember(_configuration with { MayMiss = true });
            }
        }
        catch
        {
            log?.Dispose();
            index.Dispose();
            throw;
        }

        _applied = index.CommittedNumber;
        return (index, log);
    }

    // What can't be written isn't known either.
    private void Remember(ReplicaConfiguration configuration)
    {
        configuration.Write(Path.Combine(_folder, ReplicaConfiguration.FileName));
        _configuration = configuration;
    }

    private void Append(byte[][] operations)
    {
        // What can't be applied would stop the replica for good once it is in the log.
        (Term Key, Document? Document)[] prepared = [.. operations.Select(operation => _index.Prepare(Operation.Read(operation)))];
        try
        {
            _log.Append(operations);
            foreach ((Term key, Document? document) in prepared) _index.Apply(key, document);
            _applied = _log.LastNumber;
        }
        catch (Exception e)
        {
            // What is on the disk isn't known any more: as after a restart, another replica says what is right.
            _isServing = false;
            Log.Failed(_logger, _folder, e);
            _isClosed = true;
            throw;
        }
    }

    private void Commit()
    {
        if (_applied == _index.CommittedNumber) return;
        Flush(index => index.Commit(_applied, _log.HashAt(_applied)));
        _log.CutBefore(_applied, _options.LogBytesKept);
    }

    // The log has what the index loses.
    private void Flush(Action<ReplicaIndex> flush)
    {
        try
        {
            flush(_index);
        }
        catch (Exception e) when (e is not ObjectDisposedException)
        {
            Log.Failed(_logger, _folder, e);
            throw;
        }
    }

    private void Reopen()
    {
        _isServing = false;
        if (_log.IsBroken) throw new IOException($"The log in '{_folder}' shows more than is on the disk; start the silo anew when that works.");
        _isClosed = true;
        _index.Dispose();
        _log.Dispose();
        (_index, _log) = Open();
        _isClosed = false;
    }

    private Task<T> InOrderAsync<T>(Func<T> work) => InOrderAsync(() => Task.FromResult(work()));

    private async Task<T> InOrderAsync<T>(Func<Task<T>> work)
    {
        await _writes.WaitAsync().ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_isClosed || _index.IsLost) Reopen();
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _writes.Release();
        }
    }
}
