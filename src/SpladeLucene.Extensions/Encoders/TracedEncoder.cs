using System.Diagnostics;
using System.Diagnostics.Metrics;
using SpladeLucene.Telemetry;

namespace SpladeLucene.Encoders;

/// <summary>An encoder whose runs are <c>embeddings {model}</c> of OpenTelemetry's conventions.</summary>
internal sealed class TracedEncoder(ISparseEncoder encoder) : ISparseEncoder
{
    private const string Embeddings = "embeddings";

    private static readonly Histogram<double> Duration = GenAiOperation.Durations(
        "gen_ai.client.embeddings.duration", "How long a model took for texts that were encoded together.");

    public ISparseEncoder Beneath => encoder;

    public ModelFingerprint Fingerprint => encoder.Fingerprint;

    public float QueryIdfExponent => encoder.QueryIdfExponent;

    public float FloorShare => encoder.FloorShare;

    public float? FusionWeight => encoder.FusionWeight;

    public long? TokensEncoded => encoder.TokensEncoded;

    public SparseVector Encode(string text)
    {
        using GenAiOperation? run = Start(SparseInputType.Document, texts: 1);
        return Watched(run, () => encoder.Encode(text));
    }

    public SparseVector EncodeQuery(string text)
    {
        using GenAiOperation? run = Start(SparseInputType.Query, texts: 1);
        return Watched(run, () => encoder.EncodeQuery(text));
    }

    public async Task<SparseVector> EncodeQueryAsync(string text, CancellationToken cancellationToken = default)
    {
        using GenAiOperation? run = Start(SparseInputType.Query, texts: 1);
        return await WatchedAsync(run, () => encoder.EncodeQueryAsync(text, cancellationToken)).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<SparseVector>> EncodeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        using GenAiOperation? run = Start(SparseInputType.Document, texts.Count);
        return await WatchedAsync(run, () => encoder.EncodeAsync(texts, cancellationToken)).ConfigureAwait(false);
    }

    public void Dispose() => encoder.Dispose();

    /// <summary>Begins to tell of a run; null where whoever asked for it does so already, as <c>UseOpenTelemetry</c> around a generator.
    /// </summary>
    private GenAiOperation? Start(SparseInputType type, int texts)
    {
        if (Activity.Current?.GetTagItem(GenAiOperation.OperationTag) as string == Embeddings) return null;
        string model = encoder.Fingerprint.Name;
        GenAiOperation started = GenAiOperation.Start(Embeddings, model, model, Duration,
            new KeyValuePair<string, object?>(SparseEmbeddingGenerator.InputTypeOption, type.ToString()));
        started.Activity?.SetTag("splade.texts", texts);
        return started;
    }

    private static SparseVector Watched(GenAiOperation? run, Func<SparseVector> encode)
    {
        try
        {
            return encode();
        }
        catch (Exception problem)
        {
            run?.Failed(problem);
            throw;
        }
    }

    private static async Task<T> WatchedAsync<T>(GenAiOperation? run, Func<Task<T>> encode)
    {
        try
        {
            return await encode().ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            run?.Failed(problem);
            throw;
        }
    }
}
