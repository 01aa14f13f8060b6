using System.Diagnostics;
using Lucene.Net.Index;
using SpladeLucene.Indexing;
using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Running;

/// <summary>Encodes batches, one after the other.</summary>
internal sealed class BatchEncoder(
    ISparseEncoder encoder, IReadOnlyList<SegmentReader> segments, TokenEstimate estimate, ProgressTracker board)
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
            batch.Vectors = await encoder.EncodeEachAsync(batch.Texts, cancellation).ConfigureAwait(false);
        }
        catch (SparseEncodingException e) when (e.Index >= 0 && e.Index < batch.Origins.Count)
        {
            (int segment, int document) = batch.Origins[e.Index];
            throw new ReindexDocumentException(
                segments[segment].SegmentName, document, $"can't be encoded: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            // Such as a remote model's time limit; nobody ended the run.
            throw new InvalidOperationException("The encoder gave a batch up. What was encoded is kept: run again.", e);
        }

        Time += Stopwatch.GetElapsedTime(start);
        _characters += batch.Characters;
        estimate.Learn(_characters);
    }
}

/// <summary>Writes the vectors of batches to the log and says where those of each document stand.</summary>
internal sealed class BatchLogger(VectorLog log, ImpactTokens tokens, IReadOnlyList<SegmentReader> segments, bool offsets)
{
    /// <exception cref="ReindexDocumentException">A vector can't be indexed.</exception>
    public SegmentPart[] Log(TextBatch batch)
    {
        for (int i = 0; i < batch.Texts.Count; i++) log.Add(batch.Hashes[i], Quantize(batch, i));
        log.Append();
        return [.. batch.Parts.Select(part => new SegmentPart(
            part.Segment, [.. part.Hashes.Select(hash => hash == default ? 0 : log.PlaceOf(hash))], part.OrderHash,
            part.Texts))];
    }

    private TermImpact[] Quantize(TextBatch batch, int i)
    {
        int length = batch.Texts[i].Length;
        if (offsets && batch.Vectors[i].Any(term => term.Span?.End > length))
            throw Refused(batch, i, $"A span ends past the {length} units of its text.", null);
        try
        {
            return tokens.Quantize(batch.Vectors[i]);
        }
        catch (ArgumentException e)
        {
            throw Refused(batch, i, e.Message, e);
        }
    }

    private ReindexDocumentException Refused(TextBatch batch, int i, string reason, Exception? inner)
    {
        (int segment, int document) = batch.Origins[i];
        return new ReindexDocumentException(
            segments[segment].SegmentName, document, $"has a vector that can't be indexed: {reason}", inner);
    }
}

/// <summary>
/// How many tokens a text has, guessed by its length and by what the encoder has counted so far. Counting them beforehand
/// would tokenize everything twice. Thread-safe.
/// </summary>
internal sealed class TokenEstimate(ISparseEncoder encoder)
{
    private const double UsualPerCharacter = 0.25, LeastPerCharacter = 0.05, MostPerCharacter = 2;

    private readonly long _before = encoder.TokensEncoded ?? 0;
    private readonly int _most = encoder.Fingerprint.Windows == TextWindows.None
        ? encoder.Fingerprint.MaxTokens : int.MaxValue;
    private double _perCharacter = UsualPerCharacter;

    public double Of(string text) =>
        Math.Min(_most, (text.Length * Volatile.Read(ref _perCharacter)) + TextWindows.SpecialTokens);

    /// <summary>Learns from texts of so many UTF-16 units in all, encoded since this was made.</summary>
    public void Learn(long characters)
    {
        if (characters == 0 || encoder.TokensEncoded is not { } tokens) return;
        double seen = (double)(tokens - _before) / characters;
        if (seen > 0) Volatile.Write(ref _perCharacter, Math.Clamp(seen, LeastPerCharacter, MostPerCharacter));
    }
}
