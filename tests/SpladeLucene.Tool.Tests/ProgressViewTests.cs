using Spectre.Console;
using Spectre.Console.Testing;
using SpladeLucene.Reindexing;
using SpladeLucene.Tool.Reindexing;

namespace SpladeLucene.Tool.Tests;

public sealed class ProgressViewTests : IDisposable
{
    private readonly TestConsole _console = new();

    [Fact]
    public void Report_OnATerminal_IsABarThatGoesAway()
    {
        _console.Interactive().EmitAnsiSequences().Width(100);
        var view = new ProgressView(_console);

        view.Report(Encoding(200));
        view.Clear();
        _console.WriteLine("done");

        Assert.Contains("Encoding 200 of 400 (50 %)", _console.Output, StringComparison.Ordinal);
        Assert.Contains("━", _console.Output, StringComparison.Ordinal);
        Assert.EndsWith("done\n", _console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_InAFile_WritesALineAPauseAndOneForEachPhase()
    {
        var view = new ProgressView(_console, TimeSpan.FromHours(1));

        view.Report(Encoding(100));
        view.Report(Encoding(200));
        view.Report(Encoding(400) with { Phase = ReindexPhase.Merging });
        view.Clear();

        Assert.Equal(2, _console.Lines.Count);
        Assert.StartsWith("Encoding 100 of 400 (25 %), 100 texts/s, 900 tokens/s, 0:03 left", _console.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Merging", _console.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Show_WhilePlanning_SaysHowFarAndHowLong()
    {
        _console.Interactive().Width(100);
        var view = new ProgressView(_console);

        view.Show("Reading [site]", new SpladeProgress(2500, 10_000, TimeSpan.FromSeconds(5)));
        view.Clear();

        Assert.Contains("Reading [site]: 2,500 of 10,000 (25 %), 500/s, 0:15 left", _console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_WhilePlanningWithinAPause_IsSilent()
    {
        var view = new ProgressView(_console, TimeSpan.FromHours(1));

        view.Show("Reading site", new SpladeProgress(2500, 10_000, TimeSpan.FromSeconds(5)));

        Assert.Empty(_console.Output);
    }

    [Fact]
    public void PhaseTimes_TwoPhases_AddUpToTheWhole()
    {
        var view = new ProgressView(_console);
        view.Report(Encoding(0) with { Elapsed = TimeSpan.Zero });
        view.Report(Encoding(400) with { Elapsed = TimeSpan.FromSeconds(7), Phase = ReindexPhase.Merging });

        IReadOnlyList<(ReindexPhase, TimeSpan)> times = view.PhaseTimes(TimeSpan.FromSeconds(10));

        Assert.Equal([(ReindexPhase.Encoding, TimeSpan.FromSeconds(7)), (ReindexPhase.Merging, TimeSpan.FromSeconds(3))], times);
    }

    public void Dispose() => _console.Dispose();

    private static ReindexProgress Encoding(long documents) =>
        new(ReindexPhase.Encoding, documents, 0, 400, documents, documents * 9, TimeSpan.FromSeconds(1))
        {
            EncodingFor = TimeSpan.FromSeconds(documents / 100.0), TimeLeft = TimeSpan.FromSeconds(3),
        };
}
