using System.Globalization;
using Spectre.Console;
using SpladeLucene.Reindexing;

namespace SpladeLucene.Tool.Reindexing;

/// <summary>Tells a run to a person: the plan and the result on one side, progress and complaints on the other.</summary>
internal sealed class TextReport(ToolConsole console, ReindexRequest request) : IReindexReport
{
    private const int ChartWidth = 60;

    private readonly ProgressView _line = new(console.Error);

    public void Looking() => _line.Show($"Reading {request.Source}, and trying {request.Model} on a sample of it ...");

    public void Looked(SpladeProgress value) => _line.Show($"Reading {request.Source}", value);

    // Why it is refused comes first: nobody should have to look for it below all that would have been done.
    public void Plan(ReindexPlan plan, ModelFingerprint model, IReadOnlyList<string> problems)
    {
        Refused(problems);
        console.Out.Write(PlanText.Of(plan, model));
    }

    public void Report(ReindexProgress value) => _line.Report(value);

    public void Result(ReindexPlan plan, ReindexResult result)
    {
        _line.Clear();
        if (result.Start == ReindexStart.UpToDate)
        {
            console.Out.WriteLine("Nothing to do.");
            return;
        }

        console.Out.WriteLine($"Done in {Amounts.Time(result.Elapsed)}: {Amounts.Count(result.Documents, "document")} "
            + $"of {Amounts.Count(result.Segments, "segment")} in {plan.Target}"
            + (result.CarriedSegments > 0 ? $", {result.CarriedSegments} of them as they were" : ""));
        console.Out.WriteLine($"  {Amounts.Count(result.Encoded, "text")} encoded{Rate(result)}, "
            + $"{result.Reused.ToString("N0", CultureInfo.InvariantCulture)} reused"
            + (result.WithoutText > 0 ? $", {result.WithoutText:N0} without text" : ""));
        if (console.Out.Profile.Capabilities.Interactive) WritePhases(result.Elapsed);
    }

    public void Refused(IReadOnlyList<string> problems)
    {
        _line.Clear();
        foreach (string problem in problems) console.Error.WriteLine($"Refused: {problem}");
    }

    public void Ended(string reason, bool stopped, ReindexPlan? plan)
    {
        _line.Clear();
        console.Error.WriteLine(plan is null ? $"{reason} Nothing was begun." : reason);
        if (plan is null) return;
        long known = plan.Texts.Sum(texts => texts.Documents - texts.ToEncode);
        string done = Math.Max(known, _line.Last.Documents).ToString("N0", CultureInfo.InvariantCulture);
        console.Error.WriteLine($"The vectors of {done} of {Amounts.Count(plan.Documents, "document")} are kept in "
            + $"{plan.WorkingFolder}. To go on:");
        console.Error.WriteLine($"  {request.ToResume}");
    }

    // A picture for people who rather look.
    private void WritePhases(TimeSpan whole)
    {
        BarChart chart = new BarChart().Width(ChartWidth)
            .UseValueFormatter((seconds, _) => Amounts.Time(TimeSpan.FromSeconds(seconds)));
        foreach ((ReindexPhase phase, TimeSpan took) in _line.PhaseTimes(whole))
            chart.AddItem(phase.ToString().ToLowerInvariant(), took.TotalSeconds, Color.Green);
        console.Out.Write(chart);
    }

    private static string Rate(ReindexResult result)
    {
        if (result.Tokens is not { } tokens || result.EncodingTime <= TimeSpan.Zero) return "";
        double rate = tokens / result.EncodingTime.TotalSeconds;
        return string.Create(CultureInfo.InvariantCulture, $" ({tokens:N0} tokens, {rate:N0} a second)");
    }
}
