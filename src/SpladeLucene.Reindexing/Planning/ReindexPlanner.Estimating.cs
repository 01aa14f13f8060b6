using SpladeLucene.Indexing;
using SpladeLucene.Reindexing.Carrying;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.State;

namespace SpladeLucene.Reindexing.Planning;

internal sealed partial class ReindexPlanner
{
    // Payload postings took 2.2 to 2.3 bytes in segments of a million and of 50,000 vectors; small segments take more.
    private const double BytesPerPosting = 2.5, BytesPerOffset = 3, BytesPerDocument = 24;

    // A run's reading, writing and merging took so many times as long as a plan's reading, with a hundred terms a text.
    private const double WritingPerReading = 8;

    private const double CopiedASecond = 200e6, LogToPostings = 3;

    private async Task<ReindexPlan> MeasureAsync(ReindexPlan plan, TextScan scan, CarryPlan carry)
    {
        var tokens = new ImpactTokens(encoder.Fingerprint, options.Format);
        try
        {
            SampleMeasure? measure = await SampleMeasure.OfAsync(
                encoder, scan.Sample.Texts, tokens, options.Format.Offsets, cancellation).ConfigureAwait(false);
            plan = Estimate(plan, scan, carry, measure);
        }
        catch (ReindexDocumentException e)
        {
            return plan with { Problems = [new ReindexProblem(ReindexProblemKind.Document, e.Message)] };
        }

        return plan with { Notices = [.. plan.Notices, .. MissingNotices(plan), .. SpaceNotices(plan)] };
    }

    private ReindexPlan Estimate(ReindexPlan plan, TextScan scan, CarryPlan carry, SampleMeasure? measure)
    {
        long toEncode = plan.Texts.Sum(one => one.ToEncode);
        if (measure is null && toEncode > 0) return plan;
        double writing = scan.Took.TotalSeconds * WritingPerReading;
        double seconds = Math.Max(toEncode * (measure?.SecondsPerText ?? 0), writing) + (carry.Bytes(copied: true) / CopiedASecond);
        plan = plan with
        {
            EstimatedTime = TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(10_000).TotalSeconds)),
        };
        if (SizesOf(plan, carry, measure) is not var (written, added, log)) return plan;
        // A segment's new fields lie there in parts and as one segment for a moment.
        double working = written + (2 * added) + log;
        return plan with
        {
            EstimatedTargetBytes = (long)(written + carry.Bytes(copied: false)),
            EstimatedWorkingBytes = (long)(carry.Target is null ? working : working + written + carry.Bytes(copied: true)),
        };
    }

    // Bytes that are written, those of the new fields among them, and the log. A target that is there knows best, then a sample,
    // then the log of a run that has encoded everything.
    private (double Written, double Added, double Log)? SizesOf(ReindexPlan plan, CarryPlan carry, SampleMeasure? measure)
    {
        long documents = plan.Documents - carry.Documents, texts = documents * plan.Mappings.Count;
        double source = (double)plan.SourceBytes * documents / Math.Max(1, plan.Documents + plan.Deleted);
        if (carry.Target is { } target)
        {
            long bytes = IndexFolder.SegmentsOf(target).Sum(segment => segment.SegmentInfo.GetSizeInBytes());
            double written = (double)documents * bytes / Math.Max(1, target.MaxDoc), added = Math.Max(0, written - source);
            return (written, added, texts * measure?.LogBytesPerText ?? LogToPostings * added);
        }

        double there = LogBytes(plan.WorkingFolder);
        if (measure is null && there > 0) return (source + (there / LogToPostings), there / LogToPostings, there);
        if (measure is null) return null;
        double perPosting = BytesPerPosting + (options.Format.Offsets ? BytesPerOffset : 0);
        double fields = plan.Texts.Sum(one => one.Documents) * ((measure.TermsPerText * perPosting) + BytesPerDocument);
        return (source + fields, fields, texts * measure.LogBytesPerText);
    }

    // What an ended run has written down.
    private static long LogBytes(string workingFolder) =>
        new FileInfo(WorkingFolder.LogIn(workingFolder)) is { Exists: true } log ? log.Length : 0;

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
