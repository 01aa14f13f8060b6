using System.Globalization;

namespace SpladeLucene.Benchmarks.Collections;

/// <summary>
/// A note beside a file or folder that was made, <c>NAME.source</c>: what it was made from. Names are short, so that another
/// source may have the same one.
/// </summary>
internal static class SourceNote
{
    private const string Extension = ".source";

    /// <summary>A file as it is now: what <c>stat -c '%s %.7Y %n'</c> says of its full path (bytes, time of its last change).</summary>
    public static string Of(string file)
    {
        var info = new FileInfo(file);
        long ticks = (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks;
        return string.Create(CultureInfo.InvariantCulture,
            $"{info.Length} {ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond:0000000} {info.FullName}");
    }

    /// <summary>What a file was made from, where a note beside it says so; else the file itself.</summary>
    public static string Behind(string file) =>
        File.Exists(file + Extension) ? File.ReadAllText(file + Extension).TrimEnd('\n') : Of(file);

    /// <summary>Whether something is there that was made from that source. Without a note nobody knows, and it is to be made anew.
    /// </summary>
    public static bool Says(string made, string source) =>
        Path.Exists(made) && File.Exists(made + Extension) && File.ReadAllText(made + Extension).TrimEnd('\n') == source;

    /// <summary>Makes it; the note is there when it is complete.</summary>
    public static void Make(string made, string source, Action make)
    {
        File.Delete(made + Extension);
        make();
        File.WriteAllText(made + Extension, source + "\n");
    }
}
