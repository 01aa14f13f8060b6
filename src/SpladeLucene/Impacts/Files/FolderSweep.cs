using SpladeLucene.Telemetry;

namespace SpladeLucene.Impacts.Files;

/// <summary>
/// Deletes files whose segments are gone, and what a killed process left unfinished. A process that has mapped such a file isn't
/// disturbed: it keeps it where the system allows the deletion, and elsewhere the deletion waits for a later sweep. At worst a
/// file is deleted that would have been of use, and made anew.
/// </summary>
internal static class FolderSweep
{
    /// <summary>A file whose index isn't to be seen from here is kept for so long after it was last opened.</summary>
    public static readonly TimeSpan LongestUnused = TimeSpan.FromDays(30);

    // Between its last byte and its name a file isn't locked.
    private static readonly TimeSpan LongestRename = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenMarks = TimeSpan.FromDays(1);

    /// <param name="folder">The folder; it needn't be there.</param>
    public static void Sweep(string folder)
    {
        if (!System.IO.Directory.Exists(folder)) return;
        foreach (string file in System.IO.Directory.EnumerateFiles(folder, FolderNames.All)) Quietly(() => SweepFile(file, folder));
        foreach (string file in System.IO.Directory.EnumerateFiles(folder, FolderNames.AllUnfinished))
            Quietly(() => SweepUnfinished(file));
    }

    /// <summary>Says that a file is of use.</summary>
    public static void MarkUsed(string file) => Quietly(() =>
    {
        if (Unused(file) > BetweenMarks) File.SetLastWriteTimeUtc(file, DateTime.UtcNow);
    });

    private static void SweepFile(string file, string folder)
    {
        if (ImpactFile.HomeOf(file)?.IsThere(folder) is { } isThere ? isThere : Unused(file) < LongestUnused) return;
        File.Delete(file);
        FileTelemetry.Deleted(file);
    }

    private static void SweepUnfinished(string file)
    {
        if (Unused(file) < LongestRename) return;
        // Whoever writes it has it locked; what nobody has was left by a process that is no more.
        using (File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete))
            File.Delete(file);
    }

    private static TimeSpan Unused(string file) => DateTime.UtcNow - File.GetLastWriteTimeUtc(file);

    // Another process may be sweeping too, and what can't be deleted now is met again.
    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
        }
    }
}
