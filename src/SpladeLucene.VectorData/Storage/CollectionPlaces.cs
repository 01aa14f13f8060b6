using System.Collections.Concurrent;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Microsoft.Extensions.VectorData;
using SpladeLucene.Indexes;
using LuceneDirectory = Lucene.Net.Store.Directory;
using LuceneLock = Lucene.Net.Store.Lock;

namespace SpladeLucene.Storage;

/// <summary>Where collections are.</summary>
internal abstract class CollectionPlaces
{
    private const int LongestName = 100;

    /// <summary>What people are told.</summary>
    public abstract string Name { get; }

    /// <summary>The collections that there are, in order.</summary>
    public abstract IEnumerable<string> Names();

    public abstract bool Exists(string collection);

    public abstract LuceneDirectory Open(string collection);

    /// <exception cref="IndexRefusedException">Another process, or another index of this one, writes it; nothing is deleted.</exception>
    public abstract void Delete(string collection);

    /// <summary>Undoes <see cref="Open"/> where no index came of it.</summary>
    public abstract void Forget(string collection);

    /// <exception cref="ArgumentException">It can't be the name of a folder on every system.</exception>
    public static void RequireName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        bool isPlain = name.Length <= LongestName && name[0] != '.' && name[^1] != '.'
            && name.All(unit => char.IsLetterOrDigit(unit) || unit is '-' or '_' or '.');
        if (!isPlain)
        {
            throw new ArgumentException($"'{(name.Length > LongestName ? name[..LongestName] + "…" : name)}' can't be a collection's name: that has 1 to 100 letters, digits, '-', '_' and '.', "
                + "the last of which neither begins nor ends it.", nameof(name));
        }

        if (IsDevice(name.Split('.')[0]))
            throw new ArgumentException($"'{name}' can't be a collection's name: Windows has no folder of that name.", nameof(name));
    }

    /// <exception cref="VectorStoreException">Another collection's name is the same where a file system ignores case.</exception>
    public void RequireUnlike(string collection)
    {
        string? twin = Names().FirstOrDefault(other => other.Equals(collection, StringComparison.OrdinalIgnoreCase)
            && !other.Equals(collection, StringComparison.Ordinal));
        if (twin is not null)
            throw new VectorStoreException($"There is a collection '{twin}', and '{collection}' would be the same where a file system ignores case.");
    }

    private static bool IsDevice(string name) => name.ToUpperInvariant() is "CON" or "PRN" or "AUX" or "NUL"
        || (name.Length == 4 && name[3] is >= '1' and <= '9' && name[..3].ToUpperInvariant() is "COM" or "LPT");
}

/// <summary>Collections in folders of a folder.</summary>
internal sealed class FolderPlaces(string root) : CollectionPlaces
{
    private readonly string _root = Path.GetFullPath(root);

    public override string Name => _root;

    public override IEnumerable<string> Names() => System.IO.Directory.Exists(_root)
        ? System.IO.Directory.GetDirectories(_root).Select(path => Path.GetFileName(path)).Where(IsIndex).Order(StringComparer.Ordinal) : [];

    public override bool Exists(string collection) => IsSpelt(collection) && IsIndex(collection);

    public override LuceneDirectory Open(string collection) => FSDirectory.Open(PathOf(collection));

    public override void Delete(string collection)
    {
        // Only what is an index: any other folder isn't ours.
        if (!Exists(collection)) return;
        string folder = PathOf(collection);
        using FSDirectory directory = FSDirectory.Open(folder);
        using (TakeWriteLock(collection, directory))
        {
            DeleteContents(folder);
            // While it is locked, so that nobody begins an index in between. Windows deletes no open file.
            if (!OperatingSystem.IsWindows()) System.IO.Directory.Delete(folder, recursive: true);
        }

        if (OperatingSystem.IsWindows()) System.IO.Directory.Delete(folder);
    }

    public override void Forget(string collection)
    {
        // A folder without an index is no collection.
    }

    // A lock that isn't obtained isn't disposed of: a process has one object of it, which whoever holds it disposes of.
    private static LuceneLock TakeWriteLock(string collection, FSDirectory directory)
    {
        LuceneLock taken = directory.MakeLock(IndexWriter.WRITE_LOCK_NAME);
        return taken.Obtain() ? taken
            : throw new IndexRefusedException($"The collection '{collection}' can't be deleted: {OpenIndex.WrittenElsewhere(directory)}.", problem: null);
    }

    /// <summary>All but the lock, an index's own list of its files last, so that what fails midway can be tried again.</summary>
    private static void DeleteContents(string folder)
    {
        foreach (string inner in System.IO.Directory.GetDirectories(folder)) System.IO.Directory.Delete(inner, recursive: true);
        foreach (string file in System.IO.Directory.GetFiles(folder).OrderBy(IsList))
            if (Path.GetFileName(file) != IndexWriter.WRITE_LOCK_NAME) File.Delete(file);
    }

    private static bool IsList(string file) => Path.GetFileName(file).StartsWith(IndexFileNames.SEGMENTS, StringComparison.Ordinal);

    private bool IsIndex(string collection)
    {
        using FSDirectory directory = FSDirectory.Open(PathOf(collection));
        return DirectoryReader.IndexExists(directory);
    }

    // Where case is ignored, a folder is also there under another spelling.
    private bool IsSpelt(string collection) => System.IO.Directory.Exists(PathOf(collection))
        && System.IO.Directory.GetDirectories(_root).Any(path => Path.GetFileName(path) == collection);

    private string PathOf(string collection) => Path.Combine(_root, collection);
}

/// <summary>Collections in memory, gone with the store.</summary>
internal sealed class MemoryPlaces : CollectionPlaces
{
    private readonly ConcurrentDictionary<string, LuceneDirectory> _directories = new(StringComparer.Ordinal);

    public override string Name => "memory";

    public override IEnumerable<string> Names() => _directories.Keys.Order(StringComparer.Ordinal);

    public override bool Exists(string collection) => _directories.ContainsKey(collection);

    public override LuceneDirectory Open(string collection) => _directories.GetOrAdd(collection, _ => new RAMDirectory());

    public override void Delete(string collection) => Forget(collection);

    public override void Forget(string collection) => _directories.TryRemove(collection, out _);
}
