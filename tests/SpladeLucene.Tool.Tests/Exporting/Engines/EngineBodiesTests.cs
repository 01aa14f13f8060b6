namespace SpladeLucene.Tool.Tests.Exporting.Engines;

/// <summary>Bodies for engines that aren't here: they are as documented, and what they say scores as a search does.</summary>
[Collection(nameof(EngineCollection))]
[Trait("Category", "Large")]
public sealed class EngineBodiesTests(EngineFixture fixture)
{
    [Theory]
    [InlineData("opensearch")]
    [InlineData("elasticsearch")]
    [InlineData("vespa")]
    [InlineData("qdrant", "--vocabulary")]
    [InlineData("milvus", "--vocabulary")]
    public async Task Export_AllQueriesOfTheCollection_HaveTheHitsAndScoresOfASearch(string format, params string[] args)
    {
        (string documents, string queries) = await fixture.ExportAsync(format, [.. args, .. args.Select(_ => fixture.PathOf("vocabulary.txt"))]);

        EngineBodies bodies = EngineBodies.Read(format, documents, queries);

        Assert.Equal(409, bodies.Documents);
        Assert.True(fixture.Expected.Count > 2000, $"{fixture.Expected.Count} hits");
        Assert.Equal(fixture.Expected, bodies.Search());
    }
}
