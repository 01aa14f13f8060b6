using Lucene.Net.Index;
using SpladeLucene.Indexing;
using SpladeLucene.Reindexing.Carrying;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.State;
using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Running;

/// <summary>One run of a migration, from looking at its folders to putting the new index into its place.</summary>
internal sealed class ReindexRun(
    ReindexPlan plan, ISparseEncoder encoder, ReindexOptions options, IProgress<ReindexProgress>? progress,
    CancellationToken cancellation)
{
    private readonly CheckpointIdentity _identity = CheckpointIdentity.Of(encoder, options, plan.Mappings);
    private readonly SpladeFingerprint _fingerprint =
        new(encoder.Fingerprint, options.Format.Quantizer.Range, options.Format.Encoding);

    public async Task<ReindexResult> RunAsync()
    {
        ReindexRefusedException.ThrowIfAny(plan.Problems);
        ReindexRefusedException.ThrowIfAny(SourceChecks.OfFolders(plan.Source, plan.Target, plan.WorkingFolder));
        using SourceIndex source = SourceIndex.Open(plan.Source);
        ReindexRefusedException.ThrowIfAny(SourceChecks.OfFields(
            source, plan.Source, plan.Mappings, _fingerprint, options.TextOf is not null));
        TargetState target = LookAtTarget();
        var board = new ProgressTracker(progress, encoder, source.Documents);
        if (IsUpToDate(target, source)) return Clean(source, board);
        if (target.Mark is not null) TargetPublisher.RequireUnlocked(plan.Target);
        try
        {
            return await MigrateAsync(source, board).ConfigureAwait(false);
        }
        catch (Exception e) when (e != board.CallersFailure && DiskFull.Is(e))
        {
            throw DiskFull.At(plan.WorkingFolder, e);
        }
    }

    private TargetState LookAtTarget()
    {
        TargetState target = TargetState.Of(plan.Target, _identity, _fingerprint);
        ReindexRefusedException.ThrowIfAny(target.Problems);
        return target;
    }

    private bool IsUpToDate(TargetState target, SourceIndex source) => target.Mark?.Source == source.StateFor(options);

    // A run that was killed after it had published leaves its folder behind.
    private ReindexResult Clean(SourceIndex source, ProgressTracker board)
    {
        if (WorkingFolder.HasState(plan.WorkingFolder) && !WorkingFolder.ProblemsIn(plan.WorkingFolder, _identity).Any())
        {
            using WorkingFolder folder = WorkingFolder.Open(plan.WorkingFolder, _identity);
            folder.Delete();
        }

        return Result(ReindexStart.UpToDate, source, board, TimeSpan.Zero);
    }

    private async Task<ReindexResult> MigrateAsync(SourceIndex source, ProgressTracker board)
    {
        bool resumes = WorkingFolder.HasState(plan.WorkingFolder);
        using WorkingFolder folder = WorkingFolder.Open(plan.WorkingFolder, _identity);
        // Until the folder was held, another run may have put the new index into its place.
        TargetState target = LookAtTarget();
        if (IsUpToDate(target, source))
        {
            folder.Delete();
            return Result(ReindexStart.UpToDate, source, board, TimeSpan.Zero);
        }

        board.Enter(ReindexPhase.Collecting);
        Revision? revision;
        TimeSpan encodingTime;
        int carried;
        using (CarryPlan carry = CarryPlan.Of(source, plan.Target, target.Mark, options))
        {
            CountCarried(carry, board);
            (encodingTime, revision) = await BuildAsync(source, target, carry, folder, board).ConfigureAwait(false);
            carried = carry.Carried.Count();
        }

        cancellation.ThrowIfCancellationRequested();
        board.Enter(ReindexPhase.Publishing);
        if (revision is null) TargetPublisher.Move(folder.Target, plan.Target);
        else TargetPublisher.Revise(folder.Target, plan.Target, revision);
        folder.Delete();
        ReindexStart start = target.Mark is not null ? ReindexStart.CatchUp
            : resumes ? ReindexStart.Resume : ReindexStart.New;
        return Result(start, source, board, encodingTime) with { CarriedSegments = carried };
    }

    private void CountCarried(CarryPlan carry, ProgressTracker board)
    {
        board.AddMerged(carry.Documents);
        foreach (CarriedSegment segment in carry.Carried)
        {
            foreach (ReindexMapping mapping in plan.Mappings)
            {
                CarriedTexts texts = CarriedTexts.Of(segment, mapping);
                board.AddFound(texts.Documents, texts.Missing);
            }
        }
    }

    private async Task<(TimeSpan EncodingTime, Revision? Revision)> BuildAsync(
        SourceIndex source, TargetState target, CarryPlan carry, WorkingFolder folder, ProgressTracker board)
    {
        long texts = (source.Documents - carry.Documents) * plan.Mappings.Count;
        using VectorLog log = VectorLog.Open(folder.Log, _identity.VectorIdentity, options.Format.Offsets, texts, cancellation);
        if (carry.Target is not null)
        {
            new TargetVectors(log, plan.Mappings, options.Format.Offsets, cancellation)
                .Collect(carry.VectorsToRead(plan.Mappings, options, cancellation), plan.Target);
        }

        using TargetBuilder builder = TargetBuilder.Open(
            folder.Target, _identity, carry.WorkFor(options), options.CommitInterval, cancellation);
        board.AddMerged(carry.Written.Take(builder.SegmentsDone).Sum(segment => (long)segment.NumDocs));
        board.AddFound(builder.TextsFound, builder.TextsMissing);
        board.Enter(ReindexPhase.Encoding);
        var estimate = new TokenEstimate(encoder);
        var batches = new BatchEncoder(encoder, carry.Written, estimate, board);
        var tokens = new ImpactTokens(encoder.Fingerprint, options.Format);
        using (var assembler = new SegmentAssembler(
            carry, folder, builder, plan.Mappings, options, tokens, log.NewReader(), board))
        {
            var pipeline = new EncodingPipeline(
                new BatchReader(carry.Written, plan.Mappings, options, log, estimate), batches,
                new BatchLogger(log, tokens, carry.Written, options.Format.Offsets), assembler, board);
            await pipeline.RunAsync(builder.SegmentsDone, cancellation).ConfigureAwait(false);
        }

        IReadOnlyList<SegmentOrigin?> origins =
            builder.Finish(mark => UserData(source, mark), source.Documents - carry.Documents);
        return (batches.Time, target.Mark is { } mark ? Revise(source, carry, origins, mark.Generation) : null);
    }

    private Revision Revise(SourceIndex source, CarryPlan carry, IReadOnlyList<SegmentOrigin?> written, long replaced)
    {
        int next = 0;
        RevisedSegment[] segments = [.. carry.Segments.Select((carried, i) => (carried, source.Segments[i].NumDocs))
            .Where(one => one.NumDocs > 0).Select(one => one.carried is { } stays
                ? new RevisedSegment(stays.Made.MaxDoc, stays.Place, stays.StaysInPlace, stays.Deletions, stays.Origin)
                : new RevisedSegment(one.NumDocs, null, StaysInPlace: false, [], written[next++]))];
        var mark = new Checkpoint(_identity, source.StateFor(options), source.Segments.Count, 0);
        return new Revision(replaced, segments, source.Documents, mark, done => UserData(source, done));
    }

    private Dictionary<string, string> UserData(SourceIndex source, Checkpoint mark)
    {
        var data = new Dictionary<string, string>(source.UserData, StringComparer.Ordinal)
        {
            [Checkpoint.Key] = mark.ToJson(),
        };
        foreach (ReindexMapping mapping in plan.Mappings)
        {
            data[Checkpoint.FieldKeyPrefix + mapping.TargetField] =
                $"{_fingerprint} of {string.Join(" + ", mapping.SourceFields)}".TrimEnd();
        }

        return data;
    }

    private static ReindexResult Result(ReindexStart start, SourceIndex source, ProgressTracker board, TimeSpan encoding) =>
        new(start, source.Documents, source.Segments.Count, board.Encoded, board.Reused, board.WithoutText, board.Tokens,
            encoding, board.Elapsed);
}
