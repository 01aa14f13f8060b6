using System.Diagnostics;
using SpladeLucene.Onnx;
using SpladeLucene.Onnx.Batching;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Quality;

/// <summary>Milliseconds on one thread.</summary>
/// <param name="Sentence">Mean of one short sentence.</param>
/// <param name="Batch">The fastest of 25 runs over 32 texts of 32 tokens, from text to vectors.</param>
/// <param name="Runtime">
/// The fastest of 25 runs of ONNX Runtime alone on the batches of these texts.
/// </param>
internal sealed record Speed(double Sentence, double Batch, double Runtime)
{
    private const int Texts = 32, Tokens = 32, Sentences = 500, Rounds = 25;

    public static Speed Measure(string directory, IReadOnlyList<string> longTexts)
    {
        var options = new OnnxSparseEncoderOptions
        {
            IntraOpThreads = 1,
            MaxTokens = Tokens,
            Windows = TextWindows.None,
        };
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(directory, options);
        TextTokenizer tokenizer = ModelFolder.Open(directory, options.ModelFile).Tokenizer.NewTokenizer();
        string[] texts = [.. longTexts.Where(text => tokenizer.Encode(text, Tokens).Count == Tokens).Take(Texts)];
        TokenBatch[] batches = [.. encoder.BatchesOf(texts)];
        return InTurn(
            () => encoder.EncodeAsync(texts).GetAwaiter().GetResult(),
            () => Array.ForEach(batches, batch => encoder.RunAlone(batch, CancellationToken.None)),
            () => encoder.Encode("a fast agile fox leaps over a sleeping canine"));
    }

    // In turn, so that what else the machine does meets both alike.
    private static Speed InTurn(Action batch, Action runtime, Action sentence)
    {
        double[] batches = new double[Rounds], runs = new double[Rounds];
        for (int i = -3; i < Rounds; i++)
        {
            (double own, double theirs) = (Time(batch), Time(runtime));
            if (i >= 0) (batches[i], runs[i]) = (own, theirs);
        }

        for (int i = 0; i < Sentences / 10; i++) sentence();
        double all = Time(() =>
        {
            for (int i = 0; i < Sentences; i++) sentence();
        });
        return new Speed(all / Sentences, batches.Min(), runs.Min());
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
