using System.Diagnostics;
using SpladeLucene.Reindexing.Source;

namespace SpladeLucene.Reindexing.Running;

/// <summary>Encodes batches, one after the other.</summary>
internal sealed class BatchEncoder(
    ISparseEncoder encoder, SourceIndex source, TokenEstimate estimate, ProgressTracker board)
{
    private long _characters;

    /// <summary>The time that the encoder's calls took together.</summary>
    public TimeSpan Time { get; private set; }

    /// <exception cref="ReindexDocumentException">A text can't be encoded.</exception>
    /// <exception cref="InvalidOperationException">
    /// The encoder gave up without being asked to, or broke its contract.
    /// </exception>
    public async Task EncodeAsync(TextBatch batch, CancellationToken cancellation)
    {
        if (batch.Texts.Count == 0) return;
        board.StartEncoding();
        long start = Stopwatch.GetTimestamp();
        try
        {
            batch.Vectors = await encoder.EncodeAsync(batch.Texts, cancellation).ConfigureAwait(false);
        }
        catch (SparseEncodingException e) when (e.Index >= 0 && e.Index < batch.Origins.Count)
        {
            (int segment, int document) = batch.Origins[e.Index];
            throw new ReindexDocumentException(
                source.Segments[segment].SegmentName, document, $"can't be encoded: {e.Message}", e);
        }

        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            // Such as a remote model's time limit; nobody ended the run.
            throw new InvalidOperationException("The encoder gave a batch up. What was encoded is kept: run again.", e);
        }

        // Vectors for other texts than these would become other documents'.
        if (batch.Vectors.Count != batch.Texts.Count)
        {
            throw new InvalidOperationException(
                $"The encoder was given {batch.Texts.Count} texts and returned {batch.Vectors.Count} vectors.");
        }

        Time += Stopwatch.GetElapsedTime(start);
        _characters += batch.Characters;
        estimate.Learn(_characters);
    }
}
