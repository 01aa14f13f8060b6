using System.Diagnostics.Metrics;

namespace SpladeLucene.Telemetry;

/// <summary>Histograms of times, in seconds.</summary>
internal static class Seconds
{
    public static Histogram<double> Histogram(Meter meter, string name, string description)
    {
#if NET9_0_OR_GREATER
        // The usual buckets are for milliseconds: in seconds nearly everything would fall into the first.
        var buckets = new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
        };
        return meter.CreateHistogram(name, "s", description, tags: null, buckets);
#else
        // No advice yet; who listens gives views.
        return meter.CreateHistogram<double>(name, "s", description);
#endif
    }
}
