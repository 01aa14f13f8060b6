using System.Collections.Concurrent;
using Lucene.Net.Index;
using Lucene.Net.Store;
using LuceneDirectory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Storage;

/// <summary>Where collections are.</summary>
internal abstract class CollectionPlaces
{
    private const int LongestName = 100;

    /// <summary>What people are told.</summary>
    public abstract string Name { get; }

    /// <summary>Whether an index stays when it is closed.</summary>
    public abstract IEnumerable<string> Names();

    public abstract bool Exists(string collection);

    public abstract LuceneDirectory Open(string collection);

    public abstract void Delete(string collection);

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
    }
}

/// <summary>Collections in folders of a folder.</summary>
internal sealed class FolderPlaces(string root) : CollectionPlaces
{
    private readonly string _root = Path.GetFullPath(root);

    public override string Name => _root;

    public override IEnumerable<string> Names() => System.IO.Directory.Exists(_root)
        ? System.IO.Directory.GetDirectories(_root).Select(path => Path.GetFileName(path)).Where(Exists).Order(StringComparer.Ordinal) : [];

    public override bool Exists(string collection)
    {
        if (!System.IO.Directory.Exists(PathOf(collection))) return false;
        using FSDirectory directory = FSDirectory.Open(PathOf(collection));
        return DirectoryReader.IndexExists(directory);
    }

    public override LuceneDirectory Open(string collection) => FSDirectory.Open(PathOf(collection));

    public override void Delete(string collection)
    {
        // Only what is an index: any other folder isn't ours.
        if (Exists(collection)) System.IO.Directory.Delete(PathOf(collection), recursive: true);
    }

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

    public override void Delete(string collection) => _directories.TryRemove(collection, out _);
}
