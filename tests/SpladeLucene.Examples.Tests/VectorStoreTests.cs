namespace SpladeLucene.Examples.Tests;

/// <summary>The program that the vector store's page begins with.</summary>
public sealed class VectorStoreTests
{
    [Fact]
    public void Run_FindsByMeaningUnderACondition_AndByWordsToo()
    {
        string[] lines = ConsoleRun.Of("VectorStore").Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        Assert.EndsWith("Canine health", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Puppies", lines[1], StringComparison.Ordinal);
        Assert.Contains(lines.Skip(1), line => line.EndsWith("Flight", StringComparison.Ordinal));
    }
}
