using Directory = Lucene.Net.Store.Directory;

namespace Lucene.Net.Index;

// Reads an index as a commit or a writer has it at one moment.
public abstract class DirectoryReader : BaseCompositeReader<AtomicReader>
{
    private protected DirectoryReader(Directory directory, AtomicReader[] segmentReaders) : base(segmentReaders)
    {
        Directory = directory;
    }

    public Directory Directory { get; }

    public abstract long Version { get; }

    public abstract IndexCommit IndexCommit { get; }

    public abstract bool IsCurrent();

    public static DirectoryReader Open(Directory directory) => StandardDirectoryReader.OpenLastCommit(directory, []);

    // Deletions always apply, also where applyAllDeletes would let them wait.
    public static DirectoryReader Open(IndexWriter writer, bool applyAllDeletes)
    {
        _ = applyAllDeletes;
        return writer.OpenReader([]);
    }

    // Null where nothing changed.
    public static DirectoryReader OpenIfChanged(DirectoryReader oldReader) => oldReader.OpenNewer();

    public static DirectoryReader OpenIfChanged(DirectoryReader oldReader, IndexWriter writer, bool applyAllDeletes)
    {
        _ = applyAllDeletes;
        return oldReader.OpenNewer(writer);
    }

    public static bool IndexExists(Directory directory)
    {
        try
        {
            return IndexFiles.LastGeneration(directory) > 0;
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
    }

    internal abstract DirectoryReader? OpenNewer();

    internal abstract DirectoryReader? OpenNewer(IndexWriter writer);
}
