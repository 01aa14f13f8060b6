using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.VectorData;
using SpladeLucene.VectorData.Tests.Support;

namespace SpladeLucene.VectorData.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Searches_Traced_AreRetrievals()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SpladeTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("gen_ai.data_source.id"), "traced"))
                    lock (spans) spans.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using SpladeVectorStore store = Stores.InMemory(o => (o.TraceTexts, o.ConfigureHybrid) = (true, hybrid => hybrid with { WordsAloneOnFailure = true }));
        SpladeCollection<string, Article> collection = store.GetCollection<string, Article>("traced");
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(Stores.Articles);

        await collection.SearchAsync("dog", top: 3).IdsAsync();
        await collection.HybridSearchAsync(WordEncoder.Unencodable, ["canine"], top: 2).IdsAsync();
        await Assert.ThrowsAsync<SparseEncodingException>(() => collection.SearchAsync(WordEncoder.Unencodable, top: 1).IdsAsync());

        Assert.Equal(["Meaning", "Hybrid", "Meaning"], spans.Select(span => span.GetTagItem("splade.mode")));
        Assert.Equal(("retrieval traced", "dog", 3, 2), (spans[0].DisplayName, spans[0].GetTagItem("gen_ai.retrieval.query.text"),
            spans[0].GetTagItem("gen_ai.retrieval.top_k"), spans[0].GetTagItem("splade.hits")));
        Assert.Equal([false, true, null], spans.Select(span => span.GetTagItem("splade.words_alone")));
        Assert.Equal([null, typeof(SparseEncodingException).FullName, typeof(SparseEncodingException).FullName], spans.Select(span => span.GetTagItem("error.type")));
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Unset, ActivityStatusCode.Error], spans.Select(span => span.Status));
        Assert.Contains("NaN", (string?)spans[1].GetTagItem("error.message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upserts_Metered_CountRecordsWithoutAVector()
    {
        var counted = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name.StartsWith("splade.index.", StringComparison.Ordinal)) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, measured, tags, _) =>
        {
            if (!tags.ToArray().Contains(new("splade.index", "metered"))) return;
            lock (counted) counted[instrument.Name] = counted.GetValueOrDefault(instrument.Name) + measured;
        });
        listener.Start();
        using SpladeVectorStore store = Stores.InMemory();
        SpladeCollection<string, Article> collection = store.GetCollection<string, Article>("metered");
        await collection.EnsureCollectionExistsAsync();

        await collection.UpsertAsync([new() { Id = "1", Meaning = "a dog" }, new() { Id = "2", Meaning = "" }, new() { Id = "3", Meaning = null }]);

        Assert.Equal((3, 2), (counted["splade.index.documents"], counted["splade.index.documents.without_vector"]));
    }
}
