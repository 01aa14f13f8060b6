namespace SpladeLucene.Endurance;

/// <summary>A folder that is gone with all it holds when its user is done.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("splade-endurance-");

    public string Path => _folder.FullName;

    public string In(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public void Dispose() => _folder.Delete(recursive: true);
}
