using SpladeLucene.Onnx;
using SpladeLucene.Reindexing;

namespace SpladeLucene.Tool.Reindexing;

/// <summary>Plans a migration, tells the plan, carries it out, and tells how it ended.</summary>
internal sealed class ReindexSession(ReindexRequest request, Func<string, ISparseEncoder> load, IReindexReport report)
{
    // Set once the run has its working folder: from there on something is left to resume.
    private ReindexPlan? _begun;

    /// <summary>Returns an <see cref="ExitCode"/>.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            return await MigrateAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            report.Ended("Stopped.", stopped: true, _begun);
            return ExitCode.Stopped;
        }
        catch (ReindexRefusedException refused) when (_begun is null)
        {
            report.Refused([.. refused.Problems.Select(InWordsOfTheCommand)]);
            return ExitCode.Refused;
        }
        catch (Exception bad) when (_begun is null && bad is ModelLoadException or ArgumentException)
        {
            report.Refused([Sentences.WithoutParameter(bad)]);
            return ExitCode.Refused;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or ReindexDocumentException
            or SparseEncodingException or InvalidOperationException or InvalidDataException)
        {
            report.Ended(failed.Message, stopped: false, _begun);
            return ExitCode.Failed;
        }
        catch (Exception unexpected)
        {
            report.Ended(Sentences.OfUnexpected(unexpected), stopped: false, _begun);
            return ExitCode.Failed;
        }
    }

    private async Task<int> MigrateAsync(CancellationToken cancellation)
    {
        var mapping = new ReindexMapping(request.From, request.To);
        report.Looking();
        using ISparseEncoder encoder = load(request.Model);
        var reindexer = new SpladeReindexer(encoder, request.Options);
        ReindexPlan plan = await reindexer
            .PlanAsync(request.Source, request.Target, [mapping], new Looking(report), cancellation)
            .ConfigureAwait(false);
        IReadOnlyList<string> problems = [.. plan.Problems.Select(InWordsOfTheCommand), .. NothingToResume(plan)];
        report.Plan(plan, encoder.Fingerprint, problems);
        if (problems.Count > 0) return ExitCode.Refused;
        if (request.DryRun) return ExitCode.Done;
        var progress = new Beginning(report, () => _begun = plan);
        ReindexResult result = await reindexer.RunAsync(plan, progress, cancellation).ConfigureAwait(false);
        report.Result(plan, result);
        return ExitCode.Done;
    }

    // The library advises what a program would set.
    public static string InWordsOfTheCommand(ReindexProblem problem) => problem.Kind switch
    {
        ReindexProblemKind.TextMissing => $"{problem.Text} --skip-missing carries them over without a vector.",
        ReindexProblemKind.TextNotStored => $"{problem.Text} A program can supply it, by "
            + $"{nameof(ReindexOptions)}.{nameof(ReindexOptions.TextOf)}.",
        _ => problem.ToString(),
    };

    private IEnumerable<string> NothingToResume(ReindexPlan plan)
    {
        if (request.Resume && plan.CanRun && plan.Start != ReindexStart.Resume && !Directory.Exists(plan.WorkingFolder))
            yield return $"There is nothing to resume: {plan.WorkingFolder} is not there. Leave --resume out to start.";
    }

    // Not Progress<T>: that would tell later, from another thread, when the plan is on the screen.
    private sealed class Looking(IReindexReport told) : IProgress<SpladeProgress>
    {
        public void Report(SpladeProgress value) => told.Looked(value);
    }

    // The first progress is told when the folders are found fit, and the working folder is this run's.
    private sealed class Beginning(IProgress<ReindexProgress> told, Action begun) : IProgress<ReindexProgress>
    {
        public void Report(ReindexProgress value)
        {
            begun();
            told.Report(value);
        }
    }
}
