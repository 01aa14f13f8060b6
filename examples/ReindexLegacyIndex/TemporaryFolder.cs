namespace ReindexLegacyIndex;

/// <summary>A folder that is gone when the program ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("splade-reindex-").FullName;

    public string Sub(string name) => Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
