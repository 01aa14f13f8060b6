using SystemDirectory = System.IO.Directory;

namespace Lucene.Net.Store;

// The files of an index in a folder of the file system.
public abstract class FSDirectory : BaseDirectory
{
    private const string LockName = "write.lock";

    private readonly DirectoryInfo _path;

    private protected FSDirectory(DirectoryInfo path)
    {
        _path = path;
    }

    public static FSDirectory Open(string path) => Open(new DirectoryInfo(path));

    public static FSDirectory Open(DirectoryInfo path) => new Folder(path);

    public override string[] ListAll()
    {
        EnsureOpen();
        return [.. SystemDirectory.EnumerateFiles(PathOf("")).Select(file => Path.GetFileName(file)!)];
    }

    internal override Stream OpenRead(string name)
    {
        EnsureOpen();
        return new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
    }

    internal override void Write(string name, Action<Stream> write)
    {
        EnsureOpen();
        SystemDirectory.CreateDirectory(PathOf(""));
        using var stream = new FileStream(PathOf(name), FileMode.Create, FileAccess.Write, FileShare.None);
        write(stream);
        stream.Flush(flushToDisk: true);
    }

    internal override void Rename(string from, string to)
    {
        EnsureOpen();
        File.Move(PathOf(from), PathOf(to), overwrite: true);
    }

    internal override void Delete(string name)
    {
        EnsureOpen();
        File.Delete(PathOf(name));
    }

    // An exclusively opened file: the system gives the lock back when its holder dies.
    internal override IDisposable? TryLock()
    {
        EnsureOpen();
        SystemDirectory.CreateDirectory(PathOf(""));
        try
        {
            return new FileStream(PathOf(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    protected override void Dispose(bool disposing) => Close();

    public override string ToString() => $"{nameof(FSDirectory)}@{_path.FullName}";

    private string PathOf(string name) => Path.Combine(_path.FullName, name);

    private sealed class Folder(DirectoryInfo path) : FSDirectory(path);
}
