namespace SpladeLucene.Examples.Tests;

public sealed class ReindexLegacyIndexTests
{
    private static readonly Lazy<string[]> Lines = new(Run);

    [Fact]
    public void Run_Migrated_Bm25IsEqualToTheBit() => Assert.Contains(Lines.Value, line =>
        line.EndsWith("in the same order, every score equal to the bit: yes.", StringComparison.Ordinal));

    [Fact]
    public void Run_Changed_EncodesOnlyWhatChanged()
    {
        Assert.Contains("62 documents: 62 texts encoded, 0 reused.", Lines.Value);
        Assert.Contains("62 documents: 2 texts encoded, 60 reused.", Lines.Value);
    }

    [Theory]
    [InlineData("humorous verse", "Limericks")]
    [InlineData("intolerance of cereals", "Living without gluten")]
    [InlineData("hound pursues automobile", "The neighbour's dog")]
    public void Run_QuestionInOtherWords_IsAnsweredBySpladeAndNotByBm25(string question, string title)
    {
        int line = Array.IndexOf(Lines.Value, question);

        Assert.DoesNotContain(title, Lines.Value[line + 1], StringComparison.Ordinal);
        Assert.StartsWith($"SPLADE  {title}", Lines.Value[line + 2], StringComparison.Ordinal);
    }

    // The whole collection is for people to run.
    private static string[] Run()
    {
        using var folder = new TemporaryFolder();
        string whole = Path.Combine(AppContext.BaseDirectory, "collection");
        CollectionSlice.Write(whole, folder.Root, 60, "Limericks", "Living without gluten");
        return ConsoleRun.Of("ReindexLegacyIndex", folder.Root).Output.Split('\n', StringSplitOptions.TrimEntries);
    }
}
