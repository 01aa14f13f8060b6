using SpladeLucene.Grains;
using SpladeLucene.Wire;

namespace SpladeLucene.Replicas;

/// <summary>How a replica gets from another what it misses, and what it gives to others.</summary>
internal sealed partial class Replica
{
    /// <summary>Applies what is in the log, after fetching what it lacks from <paramref name="peer"/>, where there is one.</summary>
    public Task<ReplicaState> CatchUpAsync(IReplicaGrain? peer) => InOrderAsync(async () =>
    {
        while (peer is not null)
        {
            LogPage page = await peer.ReadLogAsync(_log.LastNumber, _log.LastHash).ConfigureAwait(false);
            if (!page.HasPlace)
            {
                _isServing = false;
                if (_log.LastNumber > _index.CommittedNumber) DropLatest();
                else await CopyAsync(peer).ConfigureAwait(false);
                continue;
            }

            Replay();
            if (page.Operations.Length == 0) break;
            Append(page.Operations);
        }

        Replay();
        return Describe();
    });

    public LogPage ReadLog(long number, byte[] hash) => _log.Has(number, hash)
        ? new LogPage(HasPlace: true, _log.Read(number, PageBytes))
        : new LogPage(HasPlace: false, []);

    public Task<CommitOffer?> OfferCommitAsync() => InOrderAsync<CommitOffer?>(() =>
    {
        if (!_isServing) return null;
        Commit();
        return _index.Offers.Offer();
    });

    public byte[] ReadFile(Guid offer, string name, long at) => _index.Offers.Read(offer, name, at);

    public void ReleaseCommit(Guid offer) => _index.Offers.Release(offer);

    private void Replay()
    {
        while (_applied < _log.LastNumber)
        {
            foreach (byte[] operation in _log.Read(_applied, PageBytes))
            {
                _index.Apply(Operation.Read(operation));
                _applied++;
            }
        }
    }

    // What was logged after the last commit was never acknowledged, or the other doesn't keep it any more.
    private void DropLatest()
    {
        Log.Drops(_logger, _folder, _index.CommittedNumber);
        _log.Truncate(_index.CommittedNumber);
        Reopen();
    }

    // Whatever stops it before the end leaves an index and a log that fit together, and a copy that goes on.
    private async Task CopyAsync(IReplicaGrain peer)
    {
        string copy = Path.Combine(_folder, "copy");
        CommitOffer copied = await new CommitCopy(peer, copy, IndexFolder).FetchAsync().ConfigureAwait(false);
        _index.Dispose();
        if (System.IO.Directory.Exists(IndexFolder)) System.IO.Directory.Delete(IndexFolder, recursive: true);
        System.IO.Directory.Move(copy, IndexFolder);
        _log.Restart(copied.Number, copied.Hash);
        Reopen();
        Log.Copied(_logger, _folder, copied.Files.Sum(file => file.Length), copied.Number);
    }
}
