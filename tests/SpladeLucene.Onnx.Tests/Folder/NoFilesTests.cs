using System.Diagnostics;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>Pipes, devices and files without end in the place of a model's files: refused at once, by name.</summary>
public sealed class NoFilesTests
{
    private static readonly string[] Names =
        ["model.onnx", "vocab.txt", "config.json", "splade.json", "idf.json", "tokenizer.json", "tokenizer_config.json", "modules.json"];

    public static TheoryData<string> All => [.. Names];

    [Theory]
    [MemberData(nameof(All))]
    public void Load_FileIsNone_IsRefusedByItsName(string name)
    {
        if (OperatingSystem.IsWindows()) return;
        foreach (string instead in new[] { "/dev/zero", "pipe", "linked pipe" }) AssertRefused(name, instead);
    }

    private static void AssertRefused(string name, string instead)
    {
        using ModelDirectory folder = Whole();
        File.Delete(folder.PathOf(name));
        string link = instead;
        if (instead == "linked pipe") MakePipe(link = folder.PathOf("pipe"));
        if (instead == "pipe") MakePipe(folder.PathOf(name));
        else File.CreateSymbolicLink(folder.PathOf(name), link);

        ModelLoadException refused = Assert.Throws<ModelLoadException>(() => InferenceFreeQueryEncoder.Load(folder.Path));

        Assert.Equal(folder.PathOf(name), refused.Path);
    }

    [Theory]
    [InlineData("vocab.txt")]
    [InlineData("splade.json")]
    [InlineData("idf.json")]
    public void Load_FileBeyondTheLimit_IsRefusedUnread(string name)
    {
        using ModelDirectory folder = Whole().With(name, "");
        using (FileStream file = File.OpenWrite(folder.PathOf(name))) file.SetLength(ModelFile.MostBytes + 1L);

        ModelLoadException refused = Assert.Throws<ModelLoadException>(() => InferenceFreeQueryEncoder.Load(folder.Path));

        Assert.Equal(folder.PathOf(name), refused.Path);
        Assert.Contains("the file has 268435457 bytes; expected 268435456 at most", refused.Message, StringComparison.Ordinal);
    }

    // Whoever may do everything, as tests often may, meets no such folder.
    [Fact]
    public void List_FolderThatMayNotBeListed_IsRefusedByItsName()
    {
        using ModelDirectory folder = Whole();
        ModelLoadException refused = Assert.Throws<ModelLoadException>(() => ModelFile.List(folder.Path, Denied));
        Assert.Equal(folder.Path, refused.Path);
        Assert.Contains("the folder cannot be listed (no; not for you)", refused.Message, StringComparison.Ordinal);
        static IEnumerable<string> Denied(string path)
        {
            yield return path;
            throw new UnauthorizedAccessException("no; not for you");
        }
    }

    private static ModelDirectory Whole() => new TableModel().Set("fig", "egg", 1).Folder().With("idf.json", """{"fig": 1}""");

    private static void MakePipe(string path)
    {
        using Process pipe = Process.Start("mkfifo", [path]);
        pipe.WaitForExit();
    }
}
