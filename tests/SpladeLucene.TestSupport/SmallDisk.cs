using System.Diagnostics;

namespace SpladeLucene.TestSupport;

/// <summary>
/// A file system in memory with little space, mounted for one test. Only root of a Linux machine can have one.
/// </summary>
public sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<string?> WhyNot = new(TryOnce);
    private readonly DirectoryInfo _mountPoint = System.IO.Directory.CreateTempSubdirectory("splade-small-disk-");

    /// <summary>Mounts one.</summary>
    public SmallDisk(long bytes) => Mount("-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", Root);

    /// <summary>Why there can't be one here; null where there can.</summary>
    public static string? Obstacle => WhyNot.Value;

    /// <summary>Where it is mounted.</summary>
    public string Root => _mountPoint.FullName;

    /// <summary>Gives it more or less space.</summary>
    public void Resize(long bytes) => Mount("-o", $"remount,size={bytes}", Root);

    /// <summary>Lets nobody write to it any more.</summary>
    public void MakeReadOnly() => Mount("-o", "remount,ro", Root);

    /// <summary>Takes the disk away.</summary>
    /// <exception cref="IOException">A file on it is still open.</exception>
    public void Dispose()
    {
        string? error = Call("umount", Root);
        if (error is not null) Call("umount", "--lazy", Root);
        _mountPoint.Delete();
        if (error is not null) throw new IOException(error);
    }

    private static void Mount(params string[] arguments)
    {
        if (Call("mount", arguments) is { } error) throw new IOException(error);
    }

    // Null where it went well.
    private static string? Call(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : errors;
    }

    private static string? TryOnce()
    {
        if (!OperatingSystem.IsLinux()) return "A small disk is made with Linux's tmpfs.";
        if (!Environment.IsPrivilegedProcess) return "Only root can mount a small disk.";
        try
        {
            using var disk = new SmallDisk(1 << 20);
            return null;
        }
        catch (Exception problem) when (problem is IOException or System.ComponentModel.Win32Exception)
        {
            return $"A small disk cannot be mounted here: {problem.Message.Trim()}";
        }
    }
}

/// <summary>A test that needs a small disk; where none can be had it is skipped and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips the test where there can't be one.</summary>
    public SmallDiskTheoryAttribute() => Skip = SmallDisk.Obstacle;
}
