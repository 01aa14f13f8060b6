using System.Collections.Concurrent;
using System.Security.Cryptography;
using Lucene.Net.Index;
using SpladeLucene.Wire;

namespace SpladeLucene.Replicas;

/// <summary>Commits whose files are kept while another replica copies them. Thread-safe.</summary>
internal sealed class CommitOffers(SnapshotDeletionPolicy commits, string folder)
{
    private const int ChunkBytes = 1 << 20;
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Guid, (IndexCommit Commit, DateTime Used)> _offered = [];
    // Lucene never writes to a file again.
    private readonly ConcurrentDictionary<string, byte[]> _checksums = new(StringComparer.Ordinal);

    /// <summary>Keeps the last commit's files from now on.</summary>
    /// <returns>By which they are described, read and released.</returns>
    public Guid Begin()
    {
        Forget();
        var offered = Guid.NewGuid();
        _offered[offered] = (commits.Snapshot(), DateTime.UtcNow);
        return offered;
    }

    /// <summary>Reads the files once, for their checksums. An offer that can't be described is released.</summary>
    public CommitOffer Describe(Guid offered)
    {
        try
        {
            IndexCommit commit = _offered[offered].Commit;
            (long number, byte[] hash) = ReplicaIndex.PlaceOf(commit.UserData);
            return new CommitOffer(offered, number, hash,
            [
                .. commit.FileNames.OrderBy(name => name == commit.SegmentsFileName).ThenBy(name => name, StringComparer.Ordinal)
                    .Select(name => new FileOffer(name, new FileInfo(PathOf(name)).Length, _checksums.GetOrAdd(name, ChecksumOf))),
            ]);
        }
        catch
        {
            Release(offered);
            throw;
        }
    }

    /// <summary>Releases what nobody has read of for ten minutes.</summary>
    public void Forget()
    {
        foreach ((Guid id, (IndexCommit _, DateTime used)) in _offered)
        {
            if (DateTime.UtcNow - used > Forgotten) Release(id);
        }
    }

    /// <summary>Up to a megabyte of a file.</summary>
    /// <exception cref="InvalidOperationException">The offer has been released, or the file isn't one of it.</exception>
    public byte[] Read(Guid id, string name, long at)
    {
        if (!_offered.TryGetValue(id, out var offer) || !offer.Commit.FileNames.Contains(name))
            throw new InvalidOperationException($"The commit that '{name}' is to be copied of is no longer offered.");
        // One that was released meanwhile stays so.
        _offered.TryUpdate(id, (offer.Commit, DateTime.UtcNow), offer);
        using FileStream file = File.OpenRead(PathOf(name));
        file.Position = at;
        byte[] read = new byte[Math.Min(ChunkBytes, file.Length - at)];
        file.ReadExactly(read);
        return read;
    }

    public void Release(Guid id)
    {
        if (_offered.TryRemove(id, out var offer)) commits.Release(offer.Commit);
    }

    private byte[] ChecksumOf(string name)
    {
        using FileStream file = File.OpenRead(PathOf(name));
        return SHA256.HashData(file);
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}
