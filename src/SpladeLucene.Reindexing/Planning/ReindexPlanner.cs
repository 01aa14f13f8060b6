using Lucene.Net.Index;
using SpladeLucene.Reindexing.Running;
using SpladeLucene.Reindexing.Source;
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
        string[] problems = [.. PlanChecks.OfFolders(plan.Source, plan.Target, plan.WorkingFolder)];
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
        plan = Describe(plan, source, target) with
        {
            Problems =
            [
                .. PlanChecks.OfFields(source, plan.Source, plan.Mappings, fingerprint, options.TextOf is not null),
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
            return plan with { Problems = [e.Message] };
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

    private static IEnumerable<string> WorkingProblems(string path, CheckpointIdentity identity) => WorkingFolder.IsHeld(path)
        ? [WorkingFolder.HeldSentence(path)] : WorkingFolder.ProblemsIn(path, identity);

    // What an earlier run, or the target, has the vectors of.
    private HashTable Known(ReindexPlan plan, CheckpointIdentity identity)
    {
        var known = new HashTable(0);
        VectorLog.ReadHashes(WorkingFolder.LogIn(plan.WorkingFolder), identity.VectorIdentity, options.Format.Offsets,
            hash => known[hash] = 1);
        if (plan.Start != ReindexStart.CatchUp) return known;
        using Directory directory = IndexFolder.Open(plan.Target);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        foreach (TextHash hash in TargetVectors.HashesIn(reader, plan.Mappings)) known[hash] = 1;
        return known;
    }

    private IEnumerable<string> TextProblems(string source, TextScan scan)
    {
        foreach (ReindexTexts texts in scan.Texts)
        {
            string[] unstored = options.TextOf is not null ? []
                : [.. texts.Mapping.SourceFields.Where(name => !scan.Stored.Contains(name))];
            foreach (string name in unstored.Where(_ => texts.Documents + texts.Missing > 0))
            {
                yield return $"The field '{name}' is not stored in any document of '{source}', so its text isn't there to "
                    + $"encode; {nameof(ReindexOptions)}.{nameof(options.TextOf)} can supply it.";
            }

            if (unstored.Length == 0 && texts.Missing > 0 && options.MissingText == MissingText.Refuse)
                yield return MissingSentence(texts);
        }
    }

    private static string MissingSentence(ReindexTexts texts)
    {
        string documents = SourceReport.Numbered(texts.Documents + texts.Missing, "document");
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{texts.Missing:N0} of {documents} ")
            + $"have no stored text for {texts.Mapping}, the first being {texts.FirstMissing}; "
            + $"{nameof(Reindexing.MissingText)}.{nameof(MissingText.Skip)} carries them over without a vector.";
    }
}
