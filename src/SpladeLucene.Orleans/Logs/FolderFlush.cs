using System.Runtime.InteropServices;

namespace SpladeLucene.Logs;

/// <summary>Has the disk keep which files a folder has: on Unix a file that was made, renamed or deleted may otherwise not be after a
/// power failure, whatever is in it. Windows does so by itself.</summary>
internal static partial class FolderFlush
{
    private const int InvalidArgument = 22;

    /// <exception cref="IOException">The disk refuses.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        // .NET opens no folders.
        int file = Open(folder, 0);
        if (file < 0) throw Failure(folder);
        try
        {
            // Some file systems can't, and say so.
            if (Flush(file) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument) throw Failure(folder);
        }
        finally
        {
            _ = Close(file);
        }
    }

    private static IOException Failure(string folder) =>
        new($"The folder '{folder}' couldn't be flushed to the disk (error {Marshal.GetLastPInvokeError()}).");

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Flush(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);
}
