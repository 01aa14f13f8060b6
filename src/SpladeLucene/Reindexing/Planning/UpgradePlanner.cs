using Lucene.Net.Index;
using SpladeLucene.Analysis;
using SpladeLucene.Documents;
using SpladeLucene.Reindexing.Running;
using SpladeLucene.Reindexing.Sources;
using SpladeLucene.Reindexing.Vectors;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Planning;

/// <summary>Finds out what a migration will do. Writes nothing.</summary>
internal sealed partial class UpgradePlanner(
    ISparseEncoder encoder, LegacyIndexUpgraderOptions options, IProgress<WorkProgress>? progress,
    CancellationToken cancellation)
{
    public async Task<UpgradePlan> PlanAsync(string source, string target, SpladeFieldMapping[] mappings)
    {
        var plan = new UpgradePlan(IndexFolder.RealPath(source), IndexFolder.RealPath(target), mappings);
        string[] problems = [.. UpgradeChecks.OfFolders(plan.Source, plan.Target, plan.WorkingFolder)];
        if (problems.Length > 0) return plan with { Problems = problems };
        try
        {
            using SourceIndex index = SourceIndex.Open(plan.Source);
            return await PlanAsync(plan, index).ConfigureAwait(false);
        }
        catch (UpgradeRefusedException refusal)
        {
            return plan with { Problems = refusal.Problems };
        }
    }

    private async Task<UpgradePlan> PlanAsync(UpgradePlan plan, SourceIndex source)
    {
        UpgradeIdentity identity = UpgradeIdentity.Of(encoder, options, plan.Mappings);
        var fingerprint = new SpladeFingerprint(encoder.Fingerprint, options.Quantizer.Range, options.Encoding);
        TargetState target = TargetState.Of(plan.Target, identity, fingerprint);
        plan = Describe(plan, source, target) with
        {
            Problems =
            [
                .. UpgradeChecks.OfFields(source, plan.Source, plan.Mappings, fingerprint, options.TextOf is not null),
                .. target.Problems,
                .. WorkingProblems(plan.WorkingFolder, identity),
            ],
        };
        if (!plan.CanRun || plan.Start == UpgradeStart.UpToDate) return plan;
        var scan = new TextScan(plan.Mappings, options, Known(plan, identity));
        try
        {
            scan.Read(source, progress, cancellation);
        }
        catch (LegacyDocumentException e)
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

    private UpgradePlan Describe(UpgradePlan plan, SourceIndex source, TargetState target)
    {
        IReadOnlyList<UpgradeSegment> segments = SourceReport.Segments(source);
        return plan with
        {
            Start = target.Mark is { } mark
                ? (mark.Source == source.StateFor(options) ? UpgradeStart.UpToDate : UpgradeStart.CatchUp)
                : (WorkingFolder.HasState(plan.WorkingFolder) ? UpgradeStart.Resume : UpgradeStart.New),
            Documents = source.Documents,
            Deleted = source.Deleted,
            Segments = segments,
            Fields = SourceReport.Fields(source, new HashSet<string>(StringComparer.Ordinal)),
            Notices = [.. SourceReport.Notices(source, segments)],
            SourceBytes = source.Bytes,
        };
    }

    private static IEnumerable<string> WorkingProblems(string path, UpgradeIdentity identity) => WorkingFolder.IsHeld(path)
        ? [WorkingFolder.HeldSentence(path)] : WorkingFolder.ProblemsIn(path, identity);

    // What an earlier run, or the target, has the vectors of.
    private HashTable Known(UpgradePlan plan, UpgradeIdentity identity)
    {
        var known = new HashTable(0);
        VectorLog.ReadHashes(WorkingFolder.LogIn(plan.WorkingFolder), identity.VectorIdentity, options.IndexOffsets,
            hash => known[hash] = 1);
        if (plan.Start != UpgradeStart.CatchUp) return known;
        using Directory directory = IndexFolder.Open(plan.Target);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        foreach (TextHash hash in TargetVectors.HashesIn(reader, plan.Mappings)) known[hash] = 1;
        return known;
    }

    private IEnumerable<string> TextProblems(string source, TextScan scan)
    {
        foreach (UpgradeTexts texts in scan.Texts)
        {
            string[] unstored = options.TextOf is not null ? []
                : [.. texts.Mapping.SourceFields.Where(name => !scan.Stored.Contains(name))];
            foreach (string name in unstored.Where(_ => texts.Documents + texts.Missing > 0))
            {
                yield return $"The field '{name}' is not stored in any document of '{source}', so its text isn't there to "
                    + $"encode; {nameof(LegacyIndexUpgraderOptions)}.{nameof(options.TextOf)} can supply it.";
            }

            if (unstored.Length == 0 && texts.Missing > 0 && options.MissingText == MissingText.Refuse)
                yield return MissingSentence(texts);
        }
    }

    private static string MissingSentence(UpgradeTexts texts)
    {
        string documents = SourceReport.Numbered(texts.Documents + texts.Missing, "document");
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{texts.Missing:N0} of {documents} ")
            + $"have no stored text for {texts.Mapping}, the first being {texts.FirstMissing}; "
            + $"{nameof(Reindexing.MissingText)}.{nameof(MissingText.Skip)} carries them over without a vector.";
    }
}
