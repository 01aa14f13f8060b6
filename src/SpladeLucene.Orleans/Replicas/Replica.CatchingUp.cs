using Lucene.Net.Documents;
using Lucene.Net.Index;
using SpladeLucene.Grains;
using SpladeLucene.Logs;
using SpladeLucene.Wire;

namespace SpladeLucene.Replicas;

/// <summary>How a replica gets from another what it misses, and what it gives to others.</summary>
internal sealed partial class Replica
{
    /// <summary>Applies what is in the log, after fetching what it lacks from <paramref name="peer"/>, where there is one.</summary>
    /// <param name="peer">The other.</param>
    /// <param name="exactly">To its last operation, without copying files; else until little is missing.</param>
    /// <exception cref="InvalidOperationException">Nobody waits for it any more, or it can't be fetched.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Task<ReplicaState> CatchUpAsync(IReplicaGrain? peer, bool exactly) => InOrderAsync(async () =>
    {
        // It was configured since that was asked for: what it has now, the other may not have yet.
        if (IsServing && _configuration.Promised == _configuration.Epoch)
            return exactly ? throw new InvalidOperationException("The replica serves and has nothing to catch up with.") : Describe();
        if (peer is not null) await FetchAsync(peer, exactly).ConfigureAwait(false);
        Replay();
        return Describe();
    });

    public LogPage ReadLog(long number, byte[] hash)
    {
        long servesIn = IsServing ? _configuration.Epoch : 0;
        return _log.Has(number, hash)
            ? new LogPage(HasPlace: true, _log.Read(number, PageBytes), servesIn)
            : new LogPage(HasPlace: false, [], servesIn);
    }

    public async Task<CommitOffer?> OfferCommitAsync()
    {
        (CommitOffers Offers, Guid Id)? begun = await InOrderAsync<(CommitOffers, Guid)?>(() =>
        {
            if (!IsServing) return null;
            Commit();
            return (_index.Offers, _index.Offers.Begin());
        }).ConfigureAwait(false);
        // Its files are kept by now; writes needn't wait until they are read for their checksums.
        return begun is { } offer ? offer.Offers.Describe(offer.Id) : null;
    }

    public byte[] ReadFile(Guid offer, string name, long at) => _index.Offers.Read(offer, name, at);

    public void ReleaseCommit(Guid offer) => _index.Offers.Release(offer);

    private void Replay()
    {
        while (_applied < _log.LastNumber)
        {
            _stopped.ThrowIfCancellationRequested();
            foreach (byte[] operation in _log.Read(_applied, PageBytes))
            {
                (Term key, Document? document) = _index.Prepare(Operation.Read(operation));
                _index.Apply(key, document);
                _applied++;
            }
        }
    }

    private async Task FetchAsync(IReplicaGrain peer, bool exactly)
    {
        while (true)
        {
            LogPage page = await ReadAsync(_log.LastNumber, _log.LastHash).ConfigureAwait(false);
            if (!page.HasPlace)
            {
                CheckServes(page);
                _isServing = false;
                page = await ReadAsync(_index.CommittedNumber, _index.CommittedHash).ConfigureAwait(false);
                CheckServes(page);
                if (!page.HasPlace)
                {
                    if (exactly) throw new InvalidOperationException("What is missing is to be copied, before writes wait for it.");
                    RememberThatItMayMiss();
                    await CopyAsync(peer).ConfigureAwait(false);
                    continue;
                }

                RememberThatItMayMiss();
                DropLatest();
            }

            Replay();
            // What is in a new folder isn't all before it serves.
            if (page.Operations.Length > 0 && _configuration.Epoch == 0) RememberThatItMayMiss();
            if (page.Operations.Length > 0) Append(page.Operations);
            if (exactly ? page.Operations.Length == 0 : page.Operations.Sum(operation => (long)operation.Length) < PageBytes) return;
        }

        // Where writes wait for it, an answer that a connection lost isn't waited for.
        Task<LogPage> ReadAsync(long number, byte[] hash) =>
            peer.ReadLogAsync(number, hash).WaitAsync(exactly ? Patience : Timeout.InfiniteTimeSpan, _stopped);
    }

    private void RememberThatItMayMiss()
    {
        if (!_configuration.MayMiss) Remember(_configuration with { MayMiss = true });
    }

    // What another has that was restarted, or forgotten, may be less than what was acknowledged.
    private void CheckServes(LogPage page)
    {
        if (page.ServesIn == 0 || page.ServesIn < _configuration.Epoch)
            throw new InvalidOperationException("The replica to catch up from doesn't serve, and its log isn't this one's.");
    }

    // What was logged after the last commit was never acknowledged, or the other doesn't keep it any more.
    private void DropLatest()
    {
        // The index may have what the log loses, whatever stops it.
        _isClosed = true;
        Log.Drops(_logger, _folder, _index.CommittedNumber);
        _log.Truncate(_index.CommittedNumber);
        Reopen();
    }

    // Whatever stops it leaves the old index or the copy, with a log that fits, and a copy that goes on.
    private async Task CopyAsync(IReplicaGrain peer)
    {
        CommitOffer copied = await new CommitCopy(peer, _swap.Copy, _swap.Index, _stopped).FetchAsync().ConfigureAwait(false);
        _isClosed = true;
        _index.Dispose();
        _swap.Begin();
        Reopen();
        Log.Copied(_logger, _folder, copied.Files.Sum(file => file.Length), copied.Number);
    }
}
