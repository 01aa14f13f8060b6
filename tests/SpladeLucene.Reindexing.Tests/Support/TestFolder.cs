using System.Security.Cryptography;
using System.Text;

namespace SpladeLucene.Reindexing.Tests.Support;

/// <summary>A folder for one test, with folders for indexes in it; gone with all it holds when the test ends.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _root = System.IO.Directory.CreateTempSubdirectory("splade-reindexing-");

    public string Source => PathOf("source");

    public string Target => PathOf("target");

    public string PathOf(string name) => Path.Combine(_root.FullName, name);

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
