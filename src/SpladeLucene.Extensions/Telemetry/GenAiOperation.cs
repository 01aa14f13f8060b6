using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SpladeLucene.Telemetry;

/// <summary>One operation as OpenTelemetry's conventions for generative AI tell of it: an activity where somebody traces, and its
/// seconds in a histogram.</summary>
internal sealed class GenAiOperation : IDisposable
{
    public const string OperationTag = "gen_ai.operation.name";

    // The same names as the plug-in's, so that who listens to one listens to both.
    private static readonly ActivitySource Source = new(SpladeTelemetry.Name);
    private static readonly Meter Meter = new(SpladeTelemetry.Name);

    // The usual buckets are for milliseconds: in seconds nearly everything would fall into the first.
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Histogram<double> _duration;
    private readonly long _started = Stopwatch.GetTimestamp();
    private TagList _tags;

    private GenAiOperation(Histogram<double> duration, string name, TagList tags)
    {
        (_duration, _tags) = (duration, tags);
        // At once, as samplers see no tag that comes later.
        if (Source.HasListeners()) Activity = Source.StartActivity(name, ActivityKind.Internal, default(ActivityContext), [.. tags]);
    }

    /// <summary>Null where nobody traces.</summary>
    public Activity? Activity { get; }

    public static Histogram<double> Durations(string name, string description) =>
        Meter.CreateHistogram(name, "s", description, tags: null, Buckets);

    /// <summary>Begins one.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="target">What it is done to or with; together with the operation the activity's name.</param>
    /// <param name="model">The encoder's name.</param>
    /// <param name="duration">Where its seconds go.</param>
    /// <param name="tags">What activity and histogram carry, beside these.</param>
    public static GenAiOperation Start(
        string operation, string target, string model, Histogram<double> duration, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        TagList all = new(tags)
        {
            { OperationTag, operation }, { "gen_ai.provider.name", "splade" }, { "gen_ai.request.model", model },
        };
        return new GenAiOperation(duration, $"{operation} {target}", all);
    }

    /// <summary>It ends with an exception.</summary>
    public void Failed(Exception problem)
    {
        string? type = problem.GetType().FullName;
        _tags.Add("error.type", type);
        Activity?.SetStatus(ActivityStatusCode.Error, problem.Message).SetTag("error.type", type);
    }

    public void Dispose()
    {
        _duration.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, _tags);
        Activity?.Dispose();
    }
}
