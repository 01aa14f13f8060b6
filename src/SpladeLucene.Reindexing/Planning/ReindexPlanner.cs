using System.Globalization;
using Lucene.Net.Index;
using SpladeLucene.Reindexing.Carrying;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.State;
using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Planning;

/// <summary>Finds out what a migration will do. Writes nothing.</summary>
internal sealed partial class ReindexPlanner(
    ISparseEncoder encoder, ReindexOptions options, IProgress<SpladeProgress>? progress,
    CancellationToken cancellation)
{
    public async Task<ReindexPlan> PlanAsync(string source, string target, ReindexMapping[] mappings)
    {
        ReindexProblem[] unnamable = [.. SourceChecks.OfNames(source, target, ReindexPlan.WorkingSuffix)];
        if (unnamable.Length > 0) return new ReindexPlan(source, target, mappings) { Problems = unnamable };
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
        plan = plan with { Start = StartOf(plan, source, target) };
        bool catchesUp = plan.Start == ReindexStart.CatchUp && target.Problems.Count == 0;
        using CarryPlan carry = CarryPlan.Of(source, plan.Target, catchesUp ? target.Mark : null, options);
        plan = Describe(plan, source, carry);
        if (plan.Start != ReindexStart.UpToDate)
            RequireIntact(carry.Written.Where(segment => segment.NumDocs > 0), $"the source '{plan.Source}'");
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
        TextScan scan;
        try
        {
            scan = new TextScan(plan.Mappings, options, Known(plan, identity, carry));
            scan.Read(source, carry, progress, cancellation);
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
        return plan.CanRun ? await MeasureAsync(plan, scan, carry).ConfigureAwait(false) : plan;
    }

    private ReindexStart StartOf(ReindexPlan plan, SourceIndex source, TargetState target) => target.Mark is { } mark
        ? (mark.Source == source.StateFor(options) ? ReindexStart.UpToDate : ReindexStart.CatchUp)
        : (WorkingFolder.HasState(plan.WorkingFolder) ? ReindexStart.Resume : ReindexStart.New);

    private static ReindexPlan Describe(ReindexPlan plan, SourceIndex source, CarryPlan carry)
    {
        IReadOnlyList<ReindexSegment> segments = SourceReport.Segments(source, carry);
        return plan with
        {
            Documents = source.Documents,
            Deleted = source.Deleted,
            Segments = segments,
            Fields = SourceReport.Fields(source, stored: null),
            Notices = [.. SourceReport.Notices(source, carry, segments)],
            SourceBytes = source.Bytes,
        };
    }

    private static IEnumerable<ReindexProblem> WorkingProblems(string path, CheckpointIdentity identity) =>
        WorkingFolder.IsHeld(path) ? [WorkingFolder.Held(path)] : WorkingFolder.ProblemsIn(path, identity);

    // What an earlier run, or the target, has the vectors of.
    private HashSet<TextHash> Known(ReindexPlan plan, CheckpointIdentity identity, CarryPlan carry)
    {
        var known = new HashSet<TextHash>();
        VectorLog.ReadHashes(WorkingFolder.LogIn(plan.WorkingFolder), identity.VectorIdentity, options.Format.Offsets,
            hash => known.Add(hash), cancellation);
        foreach ((SegmentReader segment, HashSet<TextHash>? texts) in carry.VectorsToRead(plan.Mappings, options, cancellation))
        {
            RequireIntact([segment], $"the target '{plan.Target}'");
            known.UnionWith(texts ?? OrderHash.HashesIn(segment, plan.Mappings));
        }

        return known;
    }

    // Before hours of encoding: what is damaged would be merged as it is, and its copy be given checksums that agree.
    // What isn't read stays as it is, checksums and all.
    private void RequireIntact(IEnumerable<SegmentReader> segments, string where)
    {
        if (Integrity.ProblemIn(segments, where, cancellation) is { } damage)
            throw new ReindexRefusedException(ReindexProblemKind.Damaged, damage);
    }

    private IEnumerable<ReindexProblem> TextProblems(string source, TextScan scan)
    {
        IReadOnlyList<ReindexTexts> all = scan.Texts;
        for (int i = 0; i < all.Count; i++)
        {
            ReindexTexts texts = all[i];
            if (scan.IsBlank(i)) yield return Blank(source, texts);
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

    // It would become an index in which no query finds anything by its meaning.
    private static ReindexProblem Blank(string source, ReindexTexts texts) => new(
        ReindexProblemKind.TextBlank,
        $"No text for {texts.Mapping} in '{source}' has more than blanks, in {SourceReport.Numbered(texts.Documents, "document")}: "
            + "there is nothing to encode. Name a field that has texts.");

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
