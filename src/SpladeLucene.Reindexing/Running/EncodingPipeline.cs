using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace SpladeLucene.Reindexing.Running;

/// <summary>
/// Reading, encoding, logging and assembling, each on its own, so that the encoder waits for none: while a batch is
/// encoded, the next is read and the one before written to the log. It is in the log before a third one is encoded, so
/// that a process that dies loses two. Between logging and assembling stand only places in the log, so that a long merge
/// holds nothing up.
/// </summary>
internal sealed class EncodingPipeline(
    BatchReader reader, BatchEncoder encoder, BatchLogger logger, SegmentAssembler assembler, ProgressTracker board)
{
    // One batch waits for the encoder.
    private readonly Channel<TextBatch> _read = Channel.CreateBounded<TextBatch>(
        new BoundedChannelOptions(capacity: 1) { SingleReader = true, SingleWriter = true });
    private readonly Channel<SegmentPart> _logged = Channel.CreateUnbounded<SegmentPart>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private Exception? _firstFailure;

    /// <summary>Runs until everything from a segment on is assembled, or a stage fails.</summary>
    public async Task RunAsync(int firstSegment, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] stages =
        [
            Start(token => ReadAsync(firstSegment, token), stop),
            Start(EncodeAsync, stop),
            Start(AssembleAsync, stop),
        ];
        try
        {
            await Task.WhenAll(stages).ConfigureAwait(false);
        }
        catch
        {
            Exception? failure = FailureOf(stages);
            if (failure is null) cancellation.ThrowIfCancellationRequested();
            // Nobody ended the run, so it is what one of the caller's own parts threw.
            ExceptionDispatchInfo.Throw(failure ?? _firstFailure!);
        }
    }

    // A stage that fails ends the others; what they then say is no news.
    private Task Start(Func<CancellationToken, Task> stage, CancellationTokenSource stop) => Task.Run(async () =>
    {
        try
        {
            await stage(stop.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _firstFailure, e, null);
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    });

    private static Exception? FailureOf(Task[] stages) => stages.Where(stage => stage.IsFaulted)
        .SelectMany(stage => stage.Exception!.InnerExceptions).FirstOrDefault(e => e is not OperationCanceledException);

    private async Task ReadAsync(int firstSegment, CancellationToken cancellation)
    {
        foreach (TextBatch batch in reader.From(firstSegment, cancellation))
            await _read.Writer.WriteAsync(batch, cancellation).ConfigureAwait(false);
        _read.Writer.Complete();
    }

    private async Task EncodeAsync(CancellationToken cancellation)
    {
        Task logging = Task.CompletedTask;
        try
        {
            await foreach (TextBatch batch in _read.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                await encoder.EncodeAsync(batch, cancellation).ConfigureAwait(false);
                await logging.ConfigureAwait(false);
                logging = Task.Run(() => Log(batch), CancellationToken.None);
            }
        }
        finally
        {
            // Also of a run that is ended: what was encoded is kept.
            await logging.ConfigureAwait(false);
        }

        board.Enter(ReindexPhase.Merging);
        _logged.Writer.Complete();
    }

    private void Log(TextBatch batch)
    {
        // The channel has no bound, so that it takes every part at once.
        foreach (SegmentPart part in logger.Log(batch)) _logged.Writer.TryWrite(part);
        board.Add(batch);
    }

    private async Task AssembleAsync(CancellationToken cancellation)
    {
        await foreach (SegmentPart part in _logged.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            assembler.Add(part, cancellation);
    }
}
