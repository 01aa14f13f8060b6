using System.Collections.Concurrent;

namespace Lucene.Net.Store;

// The files of an index in memory.
public class RAMDirectory : BaseDirectory
{
    private readonly ConcurrentDictionary<string, byte[]> _files = [];
    private int _locked;

    public sealed override string[] ListAll()
    {
        EnsureOpen();
        return [.. _files.Keys];
    }

    internal override Stream OpenRead(string name)
    {
        EnsureOpen();
        return _files.TryGetValue(name, out byte[]? file)
            ? new MemoryStream(file, writable: false)
            : throw new FileNotFoundException($"There is no file {name}.", name);
    }

    internal override void Write(string name, Action<Stream> write)
    {
        EnsureOpen();
        using var stream = new MemoryStream();
        write(stream);
        _files[name] = stream.ToArray();
    }

    internal override void Rename(string from, string to)
    {
        EnsureOpen();
        _files[to] = _files[from];
        _files.TryRemove(from, out _);
    }

    internal override void Delete(string name)
    {
        EnsureOpen();
        _files.TryRemove(name, out _);
    }

    internal override IDisposable? TryLock()
    {
        EnsureOpen();
        return Interlocked.CompareExchange(ref _locked, 1, 0) == 0 ? new Unlock(this) : null;
    }

    protected override void Dispose(bool disposing) => Close();

    private sealed class Unlock(RAMDirectory directory) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref directory._locked, 0);
    }
}
