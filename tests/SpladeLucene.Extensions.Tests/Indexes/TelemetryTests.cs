using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpladeLucene.Extensions.Tests.Support;

namespace SpladeLucene.Extensions.Tests.Indexes;

/// <summary>What a search tells in the names of OpenTelemetry's conventions; each test has a model of its own, by which its part is known.
/// </summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Search_Traced_IsARetrievalWithItsEmbeddings()
    {
        using Spans spans = new("traced");
        using IHost host = Named("traced", o => o.TraceTexts = true);
        ISpladeIndex index = await host.FillAsync();
        await index.SearchAsync("a traced dog", new() { Mode = SpladeSearchMode.Meaning });
        await index.SearchAsync("a traced dog", new() { Mode = SpladeSearchMode.Meaning });
        await Assert.ThrowsAsync<SparseEncodingException>(() => index.SearchAsync(WordEncoder.Unencodable));

        Assert.Equal(["embeddings traced", "embeddings traced", "retrieval articles", "retrieval articles", "embeddings traced", "retrieval articles"],
            spans.Seen.Select(span => span.DisplayName));
        Activity written = spans.Seen[0], query = spans.Seen[1], search = spans.Seen[2], failed = spans.Seen[^1];
        Assert.Equal(("Document", 3), (written.GetTagItem("splade.input_type"), written.GetTagItem("splade.texts")));
        Assert.Equal(("embeddings", "Query", search.SpanId),
            (query.GetTagItem("gen_ai.operation.name"), query.GetTagItem("splade.input_type"), query.ParentSpanId));
        Assert.Equal(("retrieval", "articles", "splade", 10), (search.GetTagItem("gen_ai.operation.name"), search.GetTagItem("gen_ai.data_source.id"),
            search.GetTagItem("gen_ai.provider.name"), search.GetTagItem("gen_ai.retrieval.top_k")));
        Assert.Equal(("a traced dog", 2), (search.GetTagItem("gen_ai.retrieval.query.text"), search.GetTagItem("splade.hits")));
        Assert.Equal((ActivityStatusCode.Error, typeof(SparseEncodingException).FullName), (failed.Status, failed.GetTagItem("error.type")));
        Assert.Equal(ActivityStatusCode.Error, spans.Seen[^2].Status);
    }

    [Fact]
    public async Task Search_Sampled_IsKnownByWhatItStartsWith()
    {
        using Spans spans = new("sampled");
        using IHost host = Named("sampled");
        await (await host.FillAsync()).SearchAsync("dog");

        Assert.Contains(spans.Begun, tags => tags.Contains(KeyValuePair.Create("gen_ai.data_source.id", (object?)"articles")));
        Assert.All(spans.Begun, tags => Assert.Contains("gen_ai.operation.name", tags.Keys));
        Assert.All(spans.Seen, span => Assert.Null(span.GetTagItem("gen_ai.retrieval.query.text")));
    }

    [Fact]
    public async Task Search_Measured_IsTimedInSecondsByWhatCameOfIt()
    {
        var measured = new List<(Instrument Instrument, double Seconds, Dictionary<string, object?> Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name.StartsWith("gen_ai.", StringComparison.Ordinal)) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, seconds, tags, _) =>
        {
            Dictionary<string, object?> all = new(tags.ToArray(), StringComparer.Ordinal);
            if (!Equals(all["gen_ai.request.model"], "measured")) return;
            lock (measured) measured.Add((instrument, seconds, all));
        });
        listener.Start();
        using IHost host = Named("measured");
        ISpladeIndex index = await host.FillAsync();
        await index.SearchAsync("dog");
        await Assert.ThrowsAsync<SparseEncodingException>(() => index.SearchAsync(WordEncoder.Unencodable));

        Assert.Equal(["gen_ai.client.embeddings.duration", "gen_ai.client.embeddings.duration", "gen_ai.retrieval.duration",
            "gen_ai.client.embeddings.duration", "gen_ai.retrieval.duration"], measured.Select(one => one.Instrument.Name));
        Assert.All(measured, one => Assert.True(one.Instrument.Unit == "s" && one.Seconds is > 0 and < 60, $"{one.Seconds} {one.Instrument.Unit}"));
        Assert.All(measured, one => Assert.NotEmpty(((Histogram<double>)one.Instrument).Advice!.HistogramBucketBoundaries!));
        Assert.Equal([null, null, null, typeof(SparseEncodingException).FullName, typeof(SparseEncodingException).FullName],
            measured.Select(one => one.Tags.GetValueOrDefault("error.type")));
        Assert.Equal(("articles", "Hybrid"), (measured[2].Tags["gen_ai.data_source.id"], measured[2].Tags["splade.mode"]));
    }

    [Fact]
    public async Task Generator_ThatTracesItself_IsntToldTwice()
    {
        using Spans spans = new("twice");
        using IHost host = Named("twice");
        using IEmbeddingGenerator<string, SparseEmbedding> generator = host.Services
            .GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>().AsBuilder().UseOpenTelemetry(sourceName: Spans.Other).Build();

        await generator.GenerateAsync("dog");

        Assert.Equal(Spans.Other, Assert.Single(spans.Seen).Source.Name);
    }

    private IHost Named(string model, Action<SpladeIndexOptions>? configure = null) => Articles.In(
        _folder.Root, configure, services => services.AddSplade(o => o.EncoderFactory = _ => new WordEncoder(model)));

    /// <summary>The activities that a model takes part in, in the order in which they ended.</summary>
    private sealed class Spans : IDisposable
    {
        public const string Other = "splade-told-already";

        private readonly List<Activity> _seen = [];
        private readonly List<Dictionary<string, object?>> _begun = [];
        private readonly ActivityListener _listener;

        public Spans(string model)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is SpladeTelemetry.Name or Other,
                Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                {
                    Dictionary<string, object?> tags = new(options.Tags ?? [], StringComparer.Ordinal);
                    if (Equals(tags.GetValueOrDefault("gen_ai.request.model"), model)) lock (_begun) _begun.Add(tags);
                    return ActivitySamplingResult.AllData;
                },
                ActivityStopped = activity =>
                {
                    if (Equals(activity.GetTagItem("gen_ai.request.model"), model)) lock (_seen) _seen.Add(activity);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public List<Activity> Seen => _seen;

        public List<Dictionary<string, object?>> Begun => _begun;

        public void Dispose() => _listener.Dispose();
    }
}
