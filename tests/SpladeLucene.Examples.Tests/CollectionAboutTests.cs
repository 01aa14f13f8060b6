using SideBySide;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Examples.Tests;

public sealed class CollectionAboutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Read_CollectionThatComesAlong_SaysWhatItIsAndEachKind()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "collection");

        var about = CollectionAbout.Read(folder);

        Assert.Contains("without a second judge", about.About, StringComparison.Ordinal);
        Assert.Equal(TestCollection.Load(folder).Queries.Select(query => query.Metadata["kind"]).Distinct().Order(StringComparer.Ordinal),
            about.Kinds!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_NoFile_SaysNothing() => Assert.Equal(new CollectionAbout(null, null), CollectionAbout.Read(_folder.Root));

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Read_AnythingElse_IsRefusedWithASentence(string text)
    {
        _folder.Write("about.json", text);

        Assert.Contains("about.json is not an object", Assert.Throws<InvalidOperationException>(() => CollectionAbout.Read(_folder.Root)).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
