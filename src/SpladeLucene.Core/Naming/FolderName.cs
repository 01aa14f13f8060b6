using System.Text;

namespace SpladeLucene.Naming;

/// <summary>What no file system takes as the name of a folder that is to be made.</summary>
internal static class FolderName
{
    // What is made in it has names of its own.
    private const int LongestName = 255, Within = 96;

    private static readonly int LongestPath = OperatingSystem.IsWindows() ? 32_767 : OperatingSystem.IsMacOS() ? 1_024 : 4_096;

    /// <summary>Whether it holds a character that ends a path for the system.</summary>
    public static bool HasNul(string path) => path.Contains('\0', StringComparison.Ordinal);

    /// <summary>Why there can be no such folder, as a sentence; null where there can.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="suffix">What is added to its name while it is made.</param>
    public static string? ProblemOf(string path, string suffix)
    {
        if (HasNul(path)) return $"'{path.Replace("\0", "\\0", StringComparison.Ordinal)}' has a NUL character, which no name has.";
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string[] names = full.Split(Path.DirectorySeparatorChar);
        int longest = names.SkipLast(1).Append(names[^1] + suffix).Max(Length), most = LongestPath - suffix.Length - Within;
        if (longest > LongestName)
            return $"'{path}' has a name that is too long: with '{suffix}', in which it is made, {longest} of {LongestName} {Unit}.";
        return Length(full) <= most ? null : $"'{path}' is too long: {Length(full):N0} {Unit}, and {most:N0} are left for it.";
    }

    private static string Unit => OperatingSystem.IsWindows() ? "characters" : "bytes";

    private static int Length(string name) => OperatingSystem.IsWindows() ? name.Length : Encoding.UTF8.GetByteCount(name);
}
