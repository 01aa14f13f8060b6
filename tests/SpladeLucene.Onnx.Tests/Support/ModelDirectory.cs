namespace SpladeLucene.Onnx.Tests.Support;

/// <summary>A model's folder that a test puts together; it is deleted with the test.</summary>
internal sealed class ModelDirectory : IDisposable
{
    public ModelDirectory() => Directory.CreateDirectory(Path);

    public string Path { get; } =
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"splade test model {Guid.NewGuid():n}");

    public ModelDirectory With(string name, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), content);
        return this;
    }

    public ModelDirectory With(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), content);
        return this;
    }

    public ModelDirectory WithCopy(string name, string source)
    {
        File.Copy(source, PathOf(name));
        return this;
    }

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Loads it, and sees it refused for a file of it (the folder itself where that is empty) and a reason.</summary>
    public void AssertRefused(string file, string reason)
    {
        ModelLoadException thrown = Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(Path));
        Assert.Equal(file.Length == 0 ? Path : PathOf(file), thrown.Path);
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
