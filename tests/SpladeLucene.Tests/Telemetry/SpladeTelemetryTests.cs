using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

// Alone, because whoever listens hears every search of the process.
[Collection(nameof(Alone))]
public sealed class SpladeTelemetryTests : IDisposable
{
    private static readonly SparseVector[] Documents =
        [.. Enumerable.Range(1, 100).Select(i => VectorIndex.Impacts(("a", i), ("b", 1 + (i % 7))))];

    private static readonly SpladeQuery Query = new(VectorIndex.Field, VectorIndex.Impacts(("a", 30), ("b", 5)));

    private readonly VectorIndex _index = new([Documents, Documents[..40]]);
    private readonly Dictionary<string, double> _heard = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public SpladeTelemetryTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SpladeTelemetry.Name) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Hear(instrument, 1, tags));
        _listener.Start();
        // From here on only what changes counts.
        _listener.RecordObservableInstruments();
        _heard["splade.impacts.resident"] = -_heard.GetValueOrDefault("splade.impacts.resident");
    }

    public void Dispose()
    {
        _listener.Dispose();
        _index.Dispose();
    }

    [Fact]
    public void Search_FirstAndSecond_CountsBuildsAndSegments()
    {
        var cache = new ImpactCache();
        Search(cache);
        Search(cache, new SpladeSearchOptions { CountAllHits = false, Algorithm = SearchAlgorithm.Postings });
        _listener.RecordObservableInstruments();
        Assert.Equal(2, _heard["splade.impacts.builds"]);
        Assert.Equal(2, _heard["splade.impacts.build.duration"]);
        Assert.Equal(cache.Statistics.Bytes, _heard["splade.impacts.resident"]);
        Assert.Equal(2, _heard["splade.search.segments windows"]);
        Assert.Equal(2, _heard["splade.search.segments postings"]);
        Assert.Equal(2, _heard["splade.search.fallbacks asked"]);
        Assert.Equal(1, _heard["splade.search.duration exact"]);
        Assert.Equal(1, _heard["splade.search.duration open"]);
    }

    [Fact]
    public void Search_OverBudget_CountsRefusalsOnceAndFallbacksEachTime()
    {
        var none = new ImpactCache(new ImpactCacheOptions { BudgetInBytes = 100 });
        for (int i = 0; i < 3; i++) Search(none);
        Assert.Equal(2, _heard["splade.impacts.refusals"]);
        Assert.Equal(6, _heard["splade.search.fallbacks over_budget"]);
        Assert.DoesNotContain("splade.impacts.builds", _heard.Keys);
    }

    [Fact]
    public void Dispose_LastReader_TakesNothingResident()
    {
        Search(new ImpactCache());
        _index.Dispose();
        _listener.RecordObservableInstruments();
        Assert.Equal(0, _heard["splade.impacts.resident"]);
    }

    [Fact]
    public void Search_SomebodyTraces_IsAnActivityOverTheBuilds()
    {
        var activities = new List<Activity>();
        using ActivityListener listener = Trace(activities);
        Search(new ImpactCache());
        Assert.Equal(["splade.impacts.build", "splade.impacts.build", "splade.search"],
            activities.Select(activity => activity.OperationName));
        Assert.Equal(activities[2].SpanId, activities[0].ParentSpanId);
        Assert.Equal(VectorIndex.Field, activities[2].GetTagItem("splade.field"));
    }

    [Fact]
    public void Search_HybridOrOfTwoClauses_IsTimedAndTracedAsAnyOther()
    {
        var activities = new List<Activity>();
        using ActivityListener listener = Trace(activities);
        var searcher = new SpladeSearcher(_index.Reader, new SpladeSearcherOptions { Impacts = new ImpactCache() });
        searcher.SearchTop(Query, 1);
        activities.Clear();
        _heard.Clear();

        new HybridSearcher(searcher).Search(new HybridQuery(Number, Query), 5);
        searcher.Search(Both(Query), 5);

        Assert.Equal(["splade.search", "splade.search"], activities.Select(activity => activity.OperationName));
        Assert.Equal([5, 5], activities.Select(activity => activity.GetTagItem("splade.wanted")));
        Assert.Equal(2, _heard["splade.search.duration exact"]);
        Assert.Equal(4, _heard["splade.search.segments windows"]);
    }

    [Fact]
    public void Search_SegmentWithoutTheQuerysTerms_CountsAsNoneHoweverItIsSearched()
    {
        using var index = new VectorIndex([[VectorIndex.Impacts(("a", 1))], [VectorIndex.Impacts(("b", 1))]]);
        var searcher = new SpladeSearcher(index.Reader, new SpladeSearcherOptions { Impacts = new ImpactCache() });
        var query = new SpladeQuery(VectorIndex.Field, VectorIndex.Impacts(("a", 1)));
        Action[] searches =
        [
            () => searcher.Search(query, 5), () => searcher.Search(query, new TotalHitCountCollector()), () => searcher.Search(Both(query), 5),
            () => new HybridSearcher(searcher).Search(new HybridQuery(null, query), 5),
        ];

        foreach (Action search in searches)
        {
            _heard.Clear();
            search();
            Assert.Equal((1, 1), (_heard["splade.search.segments windows"], _heard["splade.search.segments none"]));
        }
    }

    // Lucene makes bulk scorers up to the first clause that is required, and then others.
    [Fact]
    public void Search_OptionalBesideARequiredClause_CountsEachSegmentOnce()
    {
        var searcher = new SpladeSearcher(_index.Reader, new SpladeSearcherOptions { Impacts = new ImpactCache() });

        searcher.Search(new BooleanQuery { { Query, Occur.SHOULD }, { new MatchAllDocsQuery(), Occur.MUST } }, new TotalHitCountCollector());

        Assert.Equal(2, _heard["splade.search.segments windows"]);
    }

    [Fact]
    public void Search_PostingsAskedFor_BuildsNoImpactsHoweverItIsSearched()
    {
        var cache = new ImpactCache();
        var searcher = new SpladeSearcher(_index.Reader, new SpladeSearcherOptions
        {
            Impacts = cache, Search = new SpladeSearchOptions { Algorithm = SearchAlgorithm.Postings },
        });
        var built = new SpladeSearcher(_index.Reader, new SpladeSearcherOptions { Impacts = new ImpactCache() });
        SpladeQuery floored = Query.WithFloor(new ScoreFloor { ShareOfBest = 0.5f });
        TopDocs[] Searched(SpladeSearcher by, SpladeQuery query) =>
            [by.Search(query, 5), by.Search(Both(query), 5), new HybridSearcher(by).Search(new HybridQuery(Number, query), 5)];

        string found = Told(Searched(searcher, Query).Concat(Searched(searcher, floored)));
        var counter = new TotalHitCountCollector();
        searcher.Search(floored, counter);

        Assert.Equal(0, cache.Statistics.Bytes);
        Assert.DoesNotContain("splade.impacts.builds", _heard.Keys);
        Assert.Equal(Told(Searched(built, Query).Concat(Searched(built, floored))), found);
        Assert.Equal(built.Search(floored, 1).TotalHits, counter.TotalHits);
    }

    [Fact]
    public void Warm_SomebodyTraces_IsAnActivityWhereAFileIsWritten()
    {
        var activities = new List<Activity>();
        using ActivityListener listener = Trace(activities);
        using var index = new MappedIndex(100, 60);
        index.Warmed();
        index.Warmed();
        Assert.Equal(["splade.impacts.build", "splade.impacts.build"], activities.Select(activity => activity.OperationName));
        Assert.All(activities, activity => Assert.Equal(VectorIndex.Field, activity.GetTagItem("splade.field")));
    }

    [Fact]
    public void Search_SomebodyLogs_SaysWhatHappened()
    {
        using var log = new Log();
        Search(new ImpactCache());
        Search(new ImpactCache(new ImpactCacheOptions { BudgetInBytes = 100 }));
        _index.Dispose();
        string[] kinds = [.. log.Lines.Select(line => line.Split(' ')[0])];
        Assert.Equal(["Built", "Built", "Refused", "Refused", "FellBack", "FellBack", "Freed", "Freed"], kinds);
        Assert.Contains("over_budget", log.Lines[4], StringComparison.Ordinal);
    }

    private static ActivityListener Trace(List<Activity> stopped)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SpladeTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = stopped.Add,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static TermQuery Number => new(new Term("number", "3"));

    private static string Told(IEnumerable<TopDocs> all) => string.Join(
        '\n', all.Select(found => $"{found.TotalHits}: {string.Join(' ', found.ScoreDocs.Select(hit => $"{hit.Doc}={hit.Score:R}"))}"));

    private static BooleanQuery Both(SpladeQuery query) =>
        new(disableCoord: true) { { query, Occur.SHOULD }, { Number, Occur.SHOULD } };

    private void Search(ImpactCache cache, SpladeSearchOptions? options = null) =>
        new SpladeSearcher(_index.Reader, new SpladeSearcherOptions { Impacts = cache })
            .SearchTop(Query, 10, options: options);

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string name = instrument.Name;
        foreach (KeyValuePair<string, object?> tag in tags)
            if (tag.Key != "splade.field") name += $" {tag.Value}";
        _heard[name] = _heard.GetValueOrDefault(name) + value;
    }

    private sealed class Log : EventListener
    {
        public List<string> Lines { get; } = [];

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == SpladeTelemetry.Name) EnableEvents(eventSource, EventLevel.Verbose);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            Lines?.Add($"{eventData.EventName} {string.Join(' ', eventData.Payload!)}");
    }
}
