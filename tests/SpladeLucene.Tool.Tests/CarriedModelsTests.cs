using SpladeLucene.Onnx;

namespace SpladeLucene.Tool.Tests;

public sealed class CarriedModelsTests
{
    [Fact]
    public void FolderOf_NameOfACarriedModel_IsItsFolder() => Assert.True(
        File.Exists(Path.Combine(CarriedModels.FolderOf("splade-tiny-en"), "model.onnx")));

    [Fact]
    public void FolderOf_FolderThatIsThere_IsThatFolder()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(folder.Root, CarriedModels.FolderOf(folder.Root));
    }

    [Theory]
    [InlineData("splade-tiny")]
    [InlineData("models/missing")]
    public void FolderOf_NeitherFolderNorName_ListsTheNames(string asked)
    {
        var error = Assert.Throws<ModelLoadException>(() => CarriedModels.FolderOf(asked));

        Assert.StartsWith(asked, error.Message, StringComparison.Ordinal);
        Assert.Contains("splade-tiny-en", error.Message, StringComparison.Ordinal);
    }
}
