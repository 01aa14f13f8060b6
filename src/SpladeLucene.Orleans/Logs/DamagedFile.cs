using System.Globalization;

namespace SpladeLucene.Logs;

/// <summary>Files of a log that can't be gone on with stay beside it under another name.</summary>
internal static class DamagedFile
{
    private const string Ending = ".damaged";

    /// <summary>Renames a file.</summary>
    public static void Move(string path)
    {
        File.Move(path, NameOf(path));
        FolderFlush.Flush(System.IO.Path.GetDirectoryName(path)!);
    }

    /// <summary>Keeps a copy as the file is; what is whole in it is gone on with.</summary>
    public static void Copy(string path)
    {
        string kept = NameOf(path);
        File.Copy(path, kept);
        using (FileStream copy = File.OpenWrite(kept)) copy.Flush(flushToDisk: true);
        FolderFlush.Flush(System.IO.Path.GetDirectoryName(path)!);
    }

    private static string NameOf(string path) => Enumerable.Range(1, int.MaxValue)
        .Select(number => path + "." + number.ToString(CultureInfo.InvariantCulture) + Ending).First(name => !File.Exists(name));
}
