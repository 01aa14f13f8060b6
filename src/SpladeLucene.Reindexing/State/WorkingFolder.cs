using System.Text;

namespace SpladeLucene.Reindexing.State;

/// <summary>
/// The folder beside the target in which a migration happens, held by one process at a time. All but the vector log can be
/// made again from it and the source.
/// </summary>
internal sealed class WorkingFolder : IDisposable
{
    private const string LockName = "lock", StateName = "state.json", LogName = "vectors.log";
    private const string PiecesName = "parts", ParallelName = "side", TargetName = "target";
    private const string PendingSuffix = ".new";

    // Whoever only looks whether the lock is held is gone after one of them.
    private const int Attempts = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly FileStream _lock;

    private WorkingFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    public string Log => LogIn(Path);

    /// <summary>The segment's new fields as they are written.</summary>
    public string Pieces => In(PiecesName);

    /// <summary>The segment's new fields as one segment.</summary>
    public string Parallel => In(ParallelName);

    /// <summary>The target in the making.</summary>
    public string Target => TargetIn(Path);

    public static string LogIn(string folder) => System.IO.Path.Combine(folder, LogName);

    public static string TargetIn(string folder) => System.IO.Path.Combine(folder, TargetName);

    /// <summary>Takes the folder, which is made if it isn't there.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="identity">The migration.</param>
    /// <param name="pause">Waits for those that only look at the lock; default: a few milliseconds.</param>
    /// <exception cref="ReindexRefusedException">Another process has it, or it is another migration's.</exception>
    public static WorkingFolder Open(string path, CheckpointIdentity identity, Action? pause = null)
    {
        FileStream held = TakeLock(path, pause ?? (() => Thread.Sleep(Pause)));
        try
        {
            ReindexRefusedException.ThrowIfAny(ProblemsIn(path, identity));
            var folder = new WorkingFolder(path, held);
            if (ReadState(path) is null) folder.WriteState(identity);
            return folder;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Why a migration can't use the folder. Changes nothing.</summary>
    public static IEnumerable<ReindexProblem> ProblemsIn(string path, CheckpointIdentity identity) =>
        SentencesOn(path, identity).Select(text => new ReindexProblem(ReindexProblemKind.WorkingFolder, text));

    private static IEnumerable<string> SentencesOn(string path, CheckpointIdentity identity)
    {
        if (File.Exists(path)) return [$"'{path}' is a file, where the working folder of this migration would be."];
        if (!Directory.Exists(path)) return [];
        if (ReadState(path) is { } state)
        {
            return state.Identity.DifferencesFrom(identity, $"What is in '{path}', left by a run that didn't end,")
                .Select(difference => difference + " Run as before, or delete that folder.");
        }

        string[] foreign = [.. Directory.EnumerateFileSystemEntries(path).Select(System.IO.Path.GetFileName)
            .Where(name => name is not (LockName or StateName + PendingSuffix)).Order(StringComparer.Ordinal).Take(1)!];
        return foreign is [string first]
            ? [$"The folder '{path}', in which this migration would work, holds something else ('{first}')."] : [];
    }

    /// <summary>Whether a migration was begun in the folder.</summary>
    public static bool HasState(string path) => ReadState(path) is not null;

    /// <summary>Whether another process has the folder. Changes nothing.</summary>
    public static bool IsHeld(string path)
    {
        string file = System.IO.Path.Combine(path, LockName);
        if (!File.Exists(file)) return false;
        try
        {
            // Sharing it, so that those who look don't see each other.
            using var _ = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public static ReindexProblem Held(string path) =>
        new(ReindexProblemKind.InUse, $"Another process is working in '{path}'.");

    /// <summary>Removes one of the folders in it, with everything in that.</summary>
    public static void Remove(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>
    /// Removes the folder. The state goes last, so that a folder of which only a part is left is still known.
    /// </summary>
    public void Delete()
    {
        foreach (string folder in new[] { Pieces, Parallel, Target }) Remove(folder);
        File.Delete(Log);
        File.Delete(In(StateName + PendingSuffix));
        File.Delete(In(StateName));
        _lock.Dispose();
        if (!Directory.EnumerateFileSystemEntries(Path).Any()) Directory.Delete(Path);
    }

    public void Dispose() => _lock.Dispose();

    // An exclusively opened file: the system gives it back when its holder dies. It goes as it is closed, since Windows
    // deletes no file that is open.
    private static FileStream TakeLock(string path, Action pause)
    {
        for (int left = Attempts; ; left--)
        {
            try
            {
                // The one who held the lock may have removed the folder.
                Directory.CreateDirectory(path);
                return new FileStream(
                    System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None,
                    bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (IOException e) when (!DiskFull.Is(e) && IsHeld(path))
            {
                throw new ReindexRefusedException([Held(path)]);
            }
            catch (IOException e) when (!DiskFull.Is(e) && left > 1)
            {
                // It was held for a moment only, as by one that looks at it.
                pause();
            }
        }
    }

    private static Checkpoint? ReadState(string path)
    {
        string file = System.IO.Path.Combine(path, StateName);
        return File.Exists(file) ? Checkpoint.Parse(File.ReadAllText(file)) : null;
    }

    // Under another name at first, so that it is there as a whole or not at all.
    private void WriteState(CheckpointIdentity identity)
    {
        string state = new Checkpoint(identity, "", 0, 0).ToJson();
        using (var file = new FileStream(In(StateName + PendingSuffix), FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Encoding.UTF8.GetBytes(state));
            file.Flush(flushToDisk: true);
        }

        File.Move(In(StateName + PendingSuffix), In(StateName), overwrite: true);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}

/// <summary>Tells a full disk from other failures.</summary>
internal static class DiskFull
{
    private const int NoSpace = 28, QuotaExceeded = 122, WindowsDiskFull = 0x70, WindowsHandleDiskFull = 0x27;

    /// <summary>Whether the exception, or one that it came of, says that no space is left.</summary>
    public static bool Is(Exception problem)
    {
        for (Exception? e = problem; e is not null; e = e.InnerException)
        {
            if (e is not IOException) continue;
            bool full = OperatingSystem.IsWindows()
                ? (e.HResult & 0xFFFF) is WindowsDiskFull or WindowsHandleDiskFull
                : e.HResult is NoSpace or QuotaExceeded;
            if (full) return true;
        }

        return false;
    }

    public static IOException At(string folder, Exception problem) => new(
        $"The disk of '{folder}' is full. What was encoded is kept: free some space and run again.", problem);
}
