namespace SpladeLucene.Reindexing.Tests;

public sealed class DefinitionMappingTests
{
    [Fact]
    public void Of_Definition_MapsItsSourcesIntoItsField() => Assert.Equal(
        new ReindexMapping(["title", "body"], "splade"),
        ReindexMapping.Of(new SpladeFieldDefinition("splade", new WordEncoder()) { Sources = ["title", "body"] }));
}
