using System.Globalization;
using Lucene.Net.Index;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.State;
using SpladeLucene.Reindexing.Vectors;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Planning;

/// <summary>Finds out what a migration will do. Writes nothing.</summary>
internal sealed partial class ReindexPlanner(
    ISparseEncoder encoder, ReindexOptions options, IProgress<SpladeProgress>? progress,
    CancellationToken cancellation)
{
    public async Task<ReindexPlan> PlanAsync(string source, string target, ReindexMapping[] mappings)
    {
        var plan = new ReindexPlan(IndexFolder.RealPath(source), IndexFolder.RealPath(target), mappings);
        ReindexProblem[] problems = [.. SourceChecks.OfFolders(plan.Source, plan.Target, plan.WorkingFolder)];
        if (problems.Length > 0) return plan with { Problems = problems };
        try
        {
            using SourceIndex index = SourceIndex.Open(plan.Source);
            return await PlanAsync(plan, index).ConfigureAwait(false);
        }
        catch (ReindexRefusedException refusal)
        {
            return plan with { Problems = refusal.Problems };
        }
    }

    private async Task<ReindexPlan> PlanAsync(ReindexPlan plan, SourceIndex source)
    {
        CheckpointIdentity identity = CheckpointIdentity.Of(encoder, options, plan.Mappings);
        var fingerprint = new SpladeFingerprint(encoder.Fingerprint, options.Format.Quantizer.Range, options.Format.Encoding);
        TargetState target = TargetState.Of(plan.Target, identity, fingerprint);
        plan = Describe(plan, source, target);
        if (plan.Start != ReindexStart.UpToDate) RequireIntact(plan, source);
        plan = plan with
        {
            Problems =
            [
                .. SourceChecks.OfFields(source, plan.Source, plan.Mappings, fingerprint, options.TextOf is not null),
                .. target.Problems,
                .. WorkingProblems(plan.WorkingFolder, identity),
            ],
        };
        if (!plan.CanRun || plan.Start == ReindexStart.UpToDate) return plan;
        var scan = new TextScan(plan.Mappings, options, Known(plan, identity));
        try
        {
            scan.Read(source, progress, cancellation);
        }
        catch (ReindexDocumentException e)
        {
            return plan with { Problems = [new ReindexProblem(ReindexProblemKind.Document, e.Message)] };
        }

        plan = plan with
        {
            Texts = scan.Texts,
            Fields = SourceReport.Fields(source, scan.Stored),
            Problems = [.. TextProblems(plan.Source, scan)],
        };
        return plan.CanRun ? await MeasureAsync(plan, scan).ConfigureAwait(false) : plan;
    }

    private ReindexPlan Describe(ReindexPlan plan, SourceIndex source, TargetState target)
    {
        IReadOnlyList<ReindexSegment> segments = SourceReport.Segments(source);
        return plan with
        {
            Start = target.Mark is { } mark
                ? (mark.Source == source.StateFor(options) ? ReindexStart.UpToDate : ReindexStart.CatchUp)
                : (WorkingFolder.HasState(plan.WorkingFolder) ? ReindexStart.Resume : ReindexStart.New),
            Documents = source.Documents,
            Deleted = source.Deleted,
            Segments = segments,
            Fields = SourceReport.Fields(source, new HashSet<string>(StringComparer.Ordinal)),
            Notices = [.. SourceReport.Notices(source, segments)],
            SourceBytes = source.Bytes,
        };
    }

    private static IEnumerable<ReindexProblem> WorkingProblems(string path, CheckpointIdentity identity) =>
        WorkingFolder.IsHeld(path) ? [WorkingFolder.Held(path)] : WorkingFolder.ProblemsIn(path, identity);

    // What an earlier run, or the target, has the vectors of.
    private HashSet<TextHash> Known(ReindexPlan plan, CheckpointIdentity identity)
    {
        var known = new HashSet<TextHash>();
        VectorLog.ReadHashes(WorkingFolder.LogIn(plan.WorkingFolder), identity.VectorIdentity, options.Format.Offsets,
            hash => known.Add(hash));
        if (plan.Start != ReindexStart.CatchUp) return known;
        using Directory directory = IndexFolder.Open(plan.Target);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        known.UnionWith(OrderHash.HashesIn(reader, plan.Mappings));
        return known;
    }

    // Before hours of encoding: what is damaged would be merged as it is, and its copy be given checksums that agree.
    private void RequireIntact(ReindexPlan plan, SourceIndex source)
    {
        string? damage = Integrity.ProblemIn(
            source.Segments.Where(segment => segment.NumDocs > 0), $"the source '{plan.Source}'", cancellation);
        if (damage is null && plan.Start == ReindexStart.CatchUp)
        {
            using Directory directory = IndexFolder.Open(plan.Target);
            using DirectoryReader reader = DirectoryReader.Open(directory);
            damage = Integrity.ProblemIn(IndexFolder.SegmentsOf(reader), $"the target '{plan.Target}'", cancellation);
        }

        if (damage is not null) throw new ReindexRefusedException(ReindexProblemKind.Damaged, damage);
    }

    private IEnumerable<ReindexProblem> TextProblems(string source, TextScan scan)
    {
        foreach (ReindexTexts texts in scan.Texts)
        {
            string[] unstored = options.TextOf is not null ? []
                : [.. texts.Mapping.SourceFields.Where(name => !scan.WithText.Contains(name))];
            foreach (string name in unstored.Where(_ => texts.Documents + texts.Missing > 0))
                yield return NotStored(source, name, scan.Stored.Contains(name));
            if (unstored.Length == 0 && texts.Missing > 0 && !options.SkipMissingText) yield return Missing(texts);
        }
    }

    private static ReindexProblem NotStored(string source, string name, bool isStored) => new(
        ReindexProblemKind.TextNotStored,
        isStored
            ? $"The field '{name}' of '{source}' is stored as numbers or bytes, and only text is encoded."
            : $"The field '{name}' is not stored in any document of '{source}', so its text isn't there to encode.")
    {
        Advice = $"{nameof(ReindexOptions)}.{nameof(ReindexOptions.TextOf)} can supply it.",
    };

    private static ReindexProblem Missing(ReindexTexts texts)
    {
        string documents = SourceReport.Numbered(texts.Documents + texts.Missing, "document");
        string missing = string.Create(CultureInfo.InvariantCulture, $"{texts.Missing:N0} of {documents}");
        return new ReindexProblem(
            ReindexProblemKind.TextMissing,
            $"{missing} have no stored text for {texts.Mapping}, the first being {texts.FirstMissing}.")
        {
            Advice = $"{nameof(ReindexOptions)}.{nameof(ReindexOptions.SkipMissingText)} carries them over without a vector.",
        };
    }
}
