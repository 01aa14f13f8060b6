namespace SpladeLucene.Reindexing.Running;

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
