namespace SpladeLucene.Examples.Tests;

/// <summary>The README's quick start: four sentences, one query.</summary>
public sealed class QuickStartTests
{
    [Fact]
    public void Run_FoxAndDogAgility_FindsTheSentenceThatSaysItInOtherWordsAndSaysWhy()
    {
        ConsoleRun run = ConsoleRun.Of("QuickStart");
        string[] lines = run.Output.Split('\n', StringSplitOptions.TrimEntries);
        int hit = Array.FindIndex(lines, line => line.EndsWith("leaps across a sleeping canine.", StringComparison.Ordinal));

        Assert.True(hit >= 0, "the second sentence is not found");
        string[] reasons = [.. lines.Skip(hit + 1).TakeWhile(line => line.Contains('"', StringComparison.Ordinal))];
        Assert.Contains(reasons, reason => reason.Contains("\"dog\" stands in the query and is an expansion of the document's \"canine\"", StringComparison.Ordinal)
            || reason.Contains("\"agility\" stands in the query and is an expansion of the document's \"agile\"", StringComparison.Ordinal));
    }
}
