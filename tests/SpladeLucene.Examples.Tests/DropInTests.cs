namespace SpladeLucene.Examples.Tests;

public sealed class DropInTests
{
    private static readonly string[] Runs = ConsoleRun.Of("DropIn").Output.ReplaceLineEndings("\n").Split("=== ")[1..];

    [Fact]
    public void Run_QuestionsInOtherWords_AreAnsweredOnlyAfter()
    {
        foreach ((string question, string answer) in new[]
            { ("display remains black", "dark"), ("missing delivery", "lost"), ("bill delivered monthly", "invoice") })
        {
            Assert.Empty(Answers(Runs[0], question));
            Assert.Equal(answer, Answers(Runs[1], question)[0].Id);
        }
    }

    [Fact]
    public void Run_FilterSortAndPage_WorkAsBefore()
    {
        string[] all = [.. Answers(Runs[1], "missing delivery").Select(answer => answer.Id)];

        Assert.DoesNotContain("lost", Answers(Runs[1], "missing delivery, about accounts").Select(answer => answer.Id));
        Assert.Equal("address", Answers(Runs[1], "missing delivery, newest first")[0].Id);
        Assert.Equal([all[1]], Answers(Runs[1], "missing delivery, second page of one").Select(answer => answer.Id));
    }

    [Fact]
    public void Run_RemovedAndRewritten_IsSeenAtOnce()
    {
        Assert.DoesNotContain("lost",
            Answers(Runs[1], "missing delivery, after an article was removed").Select(answer => answer.Id));
        Assert.All(Runs, run => Assert.Equal(("dark", "A <B>display</B> without light wants a new lamp."),
            Answers(run, "display remains black, after another was rewritten")[0]));
    }

    [Fact]
    public void Run_Snippet_MarksTheWordThatMeansIt() =>
        Assert.Contains("<B>parcel</B>", Answers(Runs[1], "missing delivery")[0].Snippet, StringComparison.Ordinal);

    private static (string Id, string Snippet)[] Answers(string run, string question) =>
    [
        .. run.Split('\n').SkipWhile(line => !line.StartsWith(question + ": ", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal))
            .Select(line => (line[4..14].Trim(), line[14..])),
    ];
}
