using System.Security.Cryptography;
using SpladeLucene.Grains;
using SpladeLucene.Wire;

namespace SpladeLucene.Replicas;

/// <summary>
/// Copies the files of another replica's commit into a folder, in chunks, the file that makes it a commit last. What was copied
/// before, of this commit or another, isn't copied again; a file that isn't what was offered is refused.
/// </summary>
internal sealed class CommitCopy(IReplicaGrain peer, string folder, string index, CancellationToken stopped)
{
    /// <returns>What was copied.</returns>
    /// <exception cref="InvalidDataException">A file arrived damaged; it is gone, and the copy can be tried again.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; what has arrived stays.</exception>
    public async Task<CommitOffer> FetchAsync()
    {
        CommitOffer offer = await peer.OfferCommitAsync().WaitAsync(stopped).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The replica to copy from doesn't serve any more.");
        try
        {
            System.IO.Directory.CreateDirectory(folder);
            var names = offer.Files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
            foreach (string path in System.IO.Directory.GetFiles(folder).Where(path => !names.Contains(Path.GetFileName(path))))
                File.Delete(path);
            foreach (FileOffer file in offer.Files) await FetchAsync(offer.Id, file).ConfigureAwait(false);
        }
        finally
        {
            await peer.ReleaseCommitAsync(offer.Id).WaitAsync(stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return offer;
    }

    private async Task FetchAsync(Guid offer, FileOffer file)
    {
        if (Path.GetFileName(file.Name) != file.Name) throw new InvalidDataException($"'{file.Name}' is no file of an index.");
        string path = Path.Combine(folder, file.Name);
        string own = Path.Combine(index, file.Name);
        if (!File.Exists(path) && Is(own, file)) File.Copy(own, path);
        using (var to = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write))
        {
            if (to.Length > file.Length) to.SetLength(0);
            to.Position = to.Length;
            while (to.Length < file.Length)
            {
                byte[] chunk = await peer.ReadFileAsync(offer, file.Name, to.Length).WaitAsync(stopped).ConfigureAwait(false);
                if (chunk.Length == 0) break;
                to.Write(chunk);
            }

            to.Flush(flushToDisk: true);
        }

        if (Is(path, file)) return;
        File.Delete(path);
        throw new InvalidDataException($"'{file.Name}' didn't arrive as it was sent; it is copied again.");
    }

    private static bool Is(string path, FileOffer file)
    {
        var found = new FileInfo(path);
        if (!found.Exists || found.Length != file.Length) return false;
        using FileStream read = found.OpenRead();
        return SHA256.HashData(read).AsSpan().SequenceEqual(file.Checksum);
    }
}
