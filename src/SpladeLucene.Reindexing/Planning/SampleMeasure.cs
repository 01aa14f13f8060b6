using System.Buffers;
using System.Diagnostics;
using SpladeLucene.Indexing;
using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Planning;

/// <summary>What encoding a sample of texts showed.</summary>
/// <param name="SecondsPerText">The time a text takes.</param>
/// <param name="TermsPerText">Its terms that have an impact.</param>
/// <param name="LogBytesPerText">The length of its record in the log.</param>
internal sealed record SampleMeasure(double SecondsPerText, double TermsPerText, double LogBytesPerText)
{
    private const int Chunk = 16;

    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(3);

    /// <summary>Encodes until it has measured long enough; null where there is no text.</summary>
    /// <exception cref="ReindexDocumentException">A text can't be encoded.</exception>
    /// <exception cref="InvalidOperationException">
    /// The encoder gave up without being asked to, or broke its contract.
    /// </exception>
    public static async Task<SampleMeasure?> OfAsync(
        ISparseEncoder encoder, IReadOnlyList<SampledText> sample, ImpactTokens tokens, bool spans,
        CancellationToken cancellation)
    {
        var sums = new Sums();
        var spent = TimeSpan.Zero;
        foreach (SampledText[] chunk in sample.Chunk(Chunk))
        {
            long start = Stopwatch.GetTimestamp();
            IReadOnlyList<SparseVector> vectors = await EncodeAsync(encoder, chunk, cancellation).ConfigureAwait(false);
            TimeSpan taken = Stopwatch.GetElapsedTime(start);
            spent += taken;
            // The first runs warm the model up, so they count only where there are no others.
            if (sums.Chunks == 1) sums.ForgetTime();
            sums.Add(chunk, vectors, taken, tokens, spans);
            if (spent >= Enough) break;
        }

        return sums.Texts == 0 ? null : new SampleMeasure(
            sums.Seconds / sums.TimedTexts, (double)sums.Terms / sums.Texts, (double)sums.LogBytes / sums.Texts);
    }

    private static async Task<IReadOnlyList<SparseVector>> EncodeAsync(
        ISparseEncoder encoder, SampledText[] chunk, CancellationToken cancellation)
    {
        try
        {
            return await encoder.EncodeEachAsync([.. chunk.Select(one => one.Text)], cancellation).ConfigureAwait(false);
        }
        catch (SparseEncodingException e) when (e.Index >= 0 && e.Index < chunk.Length)
        {
            SampledText bad = chunk[e.Index];
            throw new ReindexDocumentException(bad.Segment, bad.Document, $"can't be encoded: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            // Such as a remote model's time limit; nobody ended the planning.
            throw new InvalidOperationException("The encoder gave the sample up: plan again.", e);
        }
    }

    private sealed class Sums
    {
        public int Chunks { get; private set; }

        public int Texts { get; private set; }

        public int TimedTexts { get; private set; }

        public double Seconds { get; private set; }

        public long Terms { get; private set; }

        public long LogBytes { get; private set; }

        public void ForgetTime() => (Seconds, TimedTexts) = (0, 0);

        public void Add(
            SampledText[] chunk, IReadOnlyList<SparseVector> vectors, TimeSpan taken, ImpactTokens tokens, bool spans)
        {
            Chunks++;
            Texts += chunk.Length;
            TimedTexts += chunk.Length;
            Seconds += taken.TotalSeconds;
            var buffer = new ArrayBufferWriter<byte>();
            for (int i = 0; i < chunk.Length; i++) Terms += Write(buffer, chunk[i], vectors[i], tokens, spans);
            LogBytes += buffer.WrittenCount;
        }

        private static int Write(
            ArrayBufferWriter<byte> buffer, SampledText from, SparseVector vector, ImpactTokens tokens, bool spans)
        {
            try
            {
                TermImpact[] terms = tokens.Quantize(vector);
                VectorRecord.Write(buffer, default, terms, spans);
                return terms.Length;
            }
            catch (ArgumentException e)
            {
                throw new ReindexDocumentException(
                    from.Segment, from.Document, $"has a vector that can't be indexed: {e.Message}", e);
            }
        }
    }
}
