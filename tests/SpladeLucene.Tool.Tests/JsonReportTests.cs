using SpladeLucene.Reindexing;
using SpladeLucene.Tool.Reindexing;

namespace SpladeLucene.Tool.Tests;

/// <summary>The lines of --json to the letter: programs read them.</summary>
public sealed class JsonReportTests : IDisposable
{
    private readonly StringWriter _written = new();

    [Fact]
    public void Report_Encoding_IsWrittenToTheLetter()
    {
        new JsonReport(_written).Report(new ReindexProgress(
            ReindexPhase.Encoding, 100, 0, 400, 90, null, TimeSpan.FromSeconds(1.23456))
        {
            EncodingFor = TimeSpan.FromSeconds(1), TimeLeft = TimeSpan.FromSeconds(3),
        });

        Assert.Equal("""{"type":"progress","phase":"encoding","documents":100,"merged":0,"total":400,"encoded":90,"""
            + """ "tokens":null,"textsPerSecond":90,"tokensPerSecond":null,"elapsed":1.235,"left":3}""".TrimStart(), Line);
    }

    [Fact]
    public void Refused_SentenceWithAnApostrophe_KeepsIt()
    {
        new JsonReport(_written).Refused(["The field 'é' isn't stored."]);

        Assert.Equal("""{"type":"error","kind":"refused","sentences":["The field 'é' isn't stored."],"resumable":false}""", Line);
    }

    [Fact]
    public void Ended_StoppedBeforeItBegan_IsNotResumable()
    {
        new JsonReport(_written).Ended("Stopped.", stopped: true, plan: null);

        Assert.Equal("""{"type":"error","kind":"stopped","sentences":["Stopped."],"resumable":false}""", Line);
    }

    public void Dispose() => _written.Dispose();

    private string Line => Assert.Single(_written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)).TrimEnd();
}
