using System.Diagnostics;
using System.Globalization;
using SpladeLucene.Reindexing;

namespace SpladeLucene.Endurance.CatchingUp;

/// <summary>
/// What catching up costs beside a migration of the whole index in which every vector is there already, and what the plans
/// said of each. All on one index, in one run.
/// </summary>
internal sealed class CatchUp(int documents, int changes, Action<string> say)
{
    /// <summary>A catch-up that carries takes less than this share of writing everything anew.</summary>
    public const double Share = 1 / 20.0;

    private readonly ReindexMapping _mapping = new(ChangingSource.Text, "meaning");
    private readonly SpladeReindexer _reindexer = new(new WordHashes());

    /// <summary>Measures and says it.</summary>
    /// <returns>The share that catching up takes.</returns>
    public async Task<double> RunAsync()
    {
        using var folder = new TemporaryFolder();
        var source = new ChangingSource(folder.In("source"), documents);
        source.Write();
        say($"{documents.ToString("N0", CultureInfo.InvariantCulture)} documents, {changes} changes");
        string target = folder.In("target");
        await MeasureAsync("everything encoded", source.Path, target);
        source.Change(changes);
        TimeSpan carrying = await MeasureAsync("caught up, segments stay", source.Path, target);
        source.Change(changes);
        foreach (string file in System.IO.Directory.GetFiles(target, "splade-origins-*")) File.Delete(file);
        await MeasureAsync("caught up, all written anew", source.Path, target);
        string fresh = folder.In("fresh");
        await EncodeAllAsync(source.Path, fresh);
        TimeSpan whole = await MeasureAsync("a new target, every text reused", source.Path, fresh);
        double share = carrying / whole;
        say(string.Create(CultureInfo.InvariantCulture, $"1/{1 / share:0} of the time"));
        return share;
    }

    // Ends a run when all texts are encoded, and takes away what it has merged by then.
    private async Task EncodeAllAsync(string source, string target)
    {
        using var stop = new CancellationTokenSource();
        ReindexPlan plan = await _reindexer.PlanAsync(source, target, [_mapping]);
        try
        {
            await _reindexer.RunAsync(plan, new UntilMerging(stop), stop.Token);
        }
        catch (OperationCanceledException)
        {
            System.IO.Directory.Delete(Path.Combine(plan.WorkingFolder, "target"), recursive: true);
            return;
        }

        throw new EnduranceException("The migration ended before it could be stopped.");
    }

    private async Task<TimeSpan> MeasureAsync(string what, string source, string target)
    {
        long began = Stopwatch.GetTimestamp();
        ReindexPlan plan = await _reindexer.PlanAsync(source, target, [_mapping]);
        TimeSpan planning = Stopwatch.GetElapsedTime(began);
        if (!plan.CanRun) throw new EnduranceException(string.Join(' ', plan.Problems));
        using var watched = new WatchedSpace(plan);
        ReindexResult result = await _reindexer.RunAsync(plan);
        say(string.Create(CultureInfo.InvariantCulture, $"{what}: {result.Elapsed.TotalSeconds:0.00} s (planned {plan.EstimatedTime?.TotalSeconds:0.00}), ")
            + string.Create(CultureInfo.InvariantCulture, $"{watched.Most() >> 20:N0} MB beside (planned {plan.EstimatedWorkingBytes >> 20:N0}), ")
            + string.Create(CultureInfo.InvariantCulture, $"target {WatchedSpace.In(target) >> 20:N0} MB (planned {plan.EstimatedTargetBytes >> 20:N0}), ")
            + string.Create(CultureInfo.InvariantCulture, $"plan made in {planning.TotalSeconds:0.00} s, {result.Encoded:N0} encoded, {result.CarriedSegments} of {result.Segments} segments stay"));
        return result.Elapsed;
    }

    private sealed class UntilMerging(CancellationTokenSource stop) : IProgress<ReindexProgress>
    {
        public void Report(ReindexProgress value)
        {
            if (value.Phase == ReindexPhase.Merging) stop.Cancel();
        }
    }
}
