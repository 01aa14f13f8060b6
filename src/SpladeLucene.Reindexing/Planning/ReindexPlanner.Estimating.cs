using SpladeLucene.Indexing;

namespace SpladeLucene.Reindexing.Planning;

internal sealed partial class ReindexPlanner
{
    // Payload postings took 2.2 to 2.3 bytes in segments of a million and of 50,000 vectors; small segments take more.
    private const double BytesPerPosting = 2.5, BytesPerOffset = 3, BytesPerDocument = 24;

    private async Task<ReindexPlan> MeasureAsync(ReindexPlan plan, TextScan scan)
    {
        var tokens = new ImpactTokens(encoder.Fingerprint, options.Format);
        try
        {
            SampleMeasure? measure = await SampleMeasure.OfAsync(
                encoder, scan.Sample.Texts, tokens, options.Format.Offsets, cancellation).ConfigureAwait(false);
            plan = measure is null ? plan : Estimate(plan, measure);
        }
        catch (ReindexDocumentException e)
        {
            return plan with { Problems = [new ReindexProblem(ReindexProblemKind.Document, e.Message)] };
        }

        return plan with { Notices = [.. plan.Notices, .. MissingNotices(plan), .. SpaceNotices(plan)] };
    }

    private ReindexPlan Estimate(ReindexPlan plan, SampleMeasure measure)
    {
        long texts = plan.Texts.Sum(one => one.Documents), toEncode = plan.Texts.Sum(one => one.ToEncode);
        double perPosting = BytesPerPosting + (options.Format.Offsets ? BytesPerOffset : 0);
        double added = texts * ((measure.TermsPerText * perPosting) + BytesPerDocument);
        double live = (double)plan.Documents / Math.Max(1, plan.Documents + plan.Deleted);
        double target = (plan.SourceBytes * live) + added;
        // A segment's new fields lie there in parts and as one segment for a moment.
        double working = target + (2 * added) + (texts * measure.LogBytesPerText);
        return plan with
        {
            EstimatedTime = TimeSpan.FromSeconds(Math.Min(
                toEncode * measure.SecondsPerText, TimeSpan.FromDays(10_000).TotalSeconds)),
            EstimatedTargetBytes = (long)target,
            EstimatedWorkingBytes = (long)working,
        };
    }

    private IEnumerable<string> MissingNotices(ReindexPlan plan) => plan.Texts
        .Where(texts => texts.Missing > 0 && options.SkipMissingText)
        .Select(texts => $"{SourceReport.Numbered(texts.Missing, "document")} without a text for {texts.Mapping} will have "
            + "no vector.");

    private static IEnumerable<string> SpaceNotices(ReindexPlan plan)
    {
        long? free = FreeBytes(plan.Target);
        if (plan.EstimatedWorkingBytes is not { } needed || free is null || needed <= free) yield break;
        yield return $"About {needed >> 20} MB are needed beside '{plan.Target}', and {free >> 20} MB are free.";
    }

    private static long? FreeBytes(string path)
    {
        string? folder = path;
        while (folder is not null && !Directory.Exists(folder)) folder = Path.GetDirectoryName(folder);
        try
        {
            return folder is null ? null : new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
