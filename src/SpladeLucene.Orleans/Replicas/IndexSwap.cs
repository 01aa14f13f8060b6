using SpladeLucene.Logs;

namespace SpladeLucene.Replicas;

/// <summary>
/// Puts a copied commit in the place of a replica's index by renaming folders, so that a crash at any point leaves the old index or
/// the whole copy. The old one stays beside the copy until the log begins where that does: as long, the log is the old one's.
/// </summary>
internal sealed class IndexSwap(string folder)
{
    private readonly string _whole = Path.Combine(folder, "copy.whole");
    private readonly string _old = Path.Combine(folder, "index.old");
    private readonly string _gone = Path.Combine(folder, "index.gone");

    /// <summary>The folder of the index.</summary>
    public string Index { get; } = Path.Combine(folder, "index");

    /// <summary>Where a copy is made.</summary>
    public string Copy { get; } = Path.Combine(folder, "copy");

    /// <summary>Takes the copy, which has all files; whatever happens from now on, it becomes the index. That one is closed.</summary>
    public void Begin()
    {
        FolderFlush.Flush(Copy);
        Move(Copy, _whole);
    }

    /// <summary>Goes on with what was begun.</summary>
    /// <returns>Whether the index is a copy, and the log still the old one's.</returns>
    public bool Continue()
    {
        if (System.IO.Directory.Exists(_gone)) System.IO.Directory.Delete(_gone, recursive: true);
        if (System.IO.Directory.Exists(_whole))
        {
            if (System.IO.Directory.Exists(Index)) Move(Index, _old);
            Move(_whole, Index);
        }

        return System.IO.Directory.Exists(_old);
    }

    /// <summary>Forgets the old index.</summary>
    public void End()
    {
        Move(_old, _gone);
        System.IO.Directory.Delete(_gone, recursive: true);
    }

    private void Move(string from, string to)
    {
        System.IO.Directory.Move(from, to);
        FolderFlush.Flush(folder);
    }
}
