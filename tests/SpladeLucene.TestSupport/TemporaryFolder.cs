using System.Security.Cryptography;
using System.Text;

namespace SpladeLucene.TestSupport;

/// <summary>A folder for one test; gone with all it holds when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _root = System.IO.Directory.CreateTempSubdirectory("splade-test-");

    /// <summary>The folder itself.</summary>
    public string Root => _root.FullName;

    /// <summary>Where a test of migrations has the index that exists.</summary>
    public string Source => PathOf("source");

    /// <summary>Where it has the new one.</summary>
    public string Target => PathOf("target");

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Writes a text file and returns its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public void Dispose() => _root.Delete(recursive: true);

    /// <summary>One hash over the names and the contents of all files of a folder.</summary>
    public static string Checksum(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] files = System.IO.Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file) + "\n"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
