namespace SideBySide;

/// <summary>Where the index lies: a folder that was asked for and stays, or a temporary one that goes.</summary>
internal sealed class IndexFolder : IDisposable
{
    private readonly bool _temporary;

    public IndexFolder(string? asked)
    {
        _temporary = asked is null;
        Path = asked ?? Directory.CreateTempSubdirectory("splade-side-by-side-").FullName;
    }

    public string Path { get; }

    public void Dispose()
    {
        if (_temporary) Directory.Delete(Path, recursive: true);
    }
}
