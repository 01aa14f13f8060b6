using SpladeLucene.Reindexing;
using SpladeLucene.Tool.Reindexing;


namespace SpladeLucene.Tool.Tests;

public sealed class ProgressLineTests : IDisposable
{
    private readonly StringWriter _written = new();

    [Fact]
    public void Report_OnATerminal_WritesOverOneLineThatFits()
    {
        var line = new ProgressLine(_written, width: 40, TimeSpan.Zero);

        line.Report(Encoding(100));
        line.Report(Encoding(200));

        string[] shown = _written.ToString().Split('\r')[1..];
        Assert.Equal(2, shown.Length);
        Assert.All(shown, one => Assert.Equal(39, one.Length));
        Assert.StartsWith("[##########..........] Encoding 200 of", shown[1], StringComparison.Ordinal);
        Assert.DoesNotContain('\n', _written.ToString());
    }

    [Fact]
    public void Clear_AfterALine_LeavesTheLineBlank()
    {
        var line = new ProgressLine(_written, width: 20, TimeSpan.Zero);
        line.Report(Encoding(100));

        line.Clear();

        Assert.EndsWith("\r" + new string(' ', 19) + "\r", _written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_InAFile_WritesALineAPauseAndOneForEachPhase()
    {
        var line = new ProgressLine(_written, width: null, TimeSpan.FromHours(1));

        line.Report(Encoding(100));
        line.Report(Encoding(200));
        line.Report(Encoding(400) with { Phase = ReindexPhase.Merging });
        line.Clear();

        string[] lines = _written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("Encoding 100 of 400 (25 %), 100 texts/s, 900 tokens/s, 0:03 left", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Merging", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain('\r', _written.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Show_WhilePlanning_SaysHowFarAndHowLong()
    {
        var line = new ProgressLine(_written, width: 80, TimeSpan.Zero);

        line.Show("Reading site", new SpladeProgress(2500, 10_000, TimeSpan.FromSeconds(5)));

        Assert.Equal("\rReading site: 2,500 of 10,000 (25 %), 500/s, 0:15 left", _written.ToString().TrimEnd());
    }

    [Fact]
    public void Show_WhilePlanningWithinAPause_IsSilent()
    {
        var line = new ProgressLine(_written, width: null, TimeSpan.FromHours(1));

        line.Show("Reading site", new SpladeProgress(2500, 10_000, TimeSpan.FromSeconds(5)));

        Assert.Empty(_written.ToString());
    }

    [Fact]
    public void PhaseTimes_TwoPhases_AddUpToTheWhole()
    {
        var line = new ProgressLine(_written, width: null);
        line.Report(Encoding(0) with { Elapsed = TimeSpan.Zero });
        line.Report(Encoding(400) with { Elapsed = TimeSpan.FromSeconds(7), Phase = ReindexPhase.Merging });

        IReadOnlyList<(ReindexPhase, TimeSpan)> times = line.PhaseTimes(TimeSpan.FromSeconds(10));

        Assert.Equal([(ReindexPhase.Encoding, TimeSpan.FromSeconds(7)), (ReindexPhase.Merging, TimeSpan.FromSeconds(3))], times);
    }

    public void Dispose() => _written.Dispose();

    private static ReindexProgress Encoding(long documents) =>
        new(ReindexPhase.Encoding, documents, 0, 400, documents, documents * 9, TimeSpan.FromSeconds(1))
        {
            EncodingFor = TimeSpan.FromSeconds(documents / 100.0), TimeLeft = TimeSpan.FromSeconds(3),
        };
}
