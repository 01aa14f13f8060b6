using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SpladeLucene.Telemetry;

/// <summary>The part of <see cref="SpladeTelemetry"/> that is about memory.</summary>
internal static class ImpactTelemetry
{
    private static readonly Counter<long> Builds = SpladeTelemetry.Meter.CreateCounter<long>(
        "splade.impacts.builds", "{segment}", "Segments whose impacts were built.");

    private static readonly Histogram<double> BuildDuration = Seconds.Histogram(
        SpladeTelemetry.Meter, "splade.impacts.build.duration", "How long building the impacts of a segment took.");

    private static readonly Counter<long> Refusals = SpladeTelemetry.Meter.CreateCounter<long>(
        "splade.impacts.refusals", "{segment}", "Segments whose impacts didn't fit the budget.");

    // Kept whether anybody listens or not: who starts to listen wants to know what is held by then.
    private static long _resident;

    static ImpactTelemetry() => SpladeTelemetry.Meter.CreateObservableUpDownCounter(
        "splade.impacts.resident", () => Volatile.Read(ref _resident), "By", "Bytes that impacts take up.");

    public static void Resident(long change) => Interlocked.Add(ref _resident, change);

    public static Activity? StartBuild(string field) => SpladeTelemetry.Activities.StartActivity("splade.impacts.build")
        ?.SetTag(SpladeTelemetry.FieldTag, field);

    public static void Built(string field, int postings, long bytes, TimeSpan time)
    {
        KeyValuePair<string, object?> fieldTag = new(SpladeTelemetry.FieldTag, field);
        Builds.Add(1, fieldTag);
        BuildDuration.Record(time.TotalSeconds, fieldTag);
        SpladeEvents.Log.Built(field, postings, bytes, time.TotalMilliseconds);
    }

    public static void Refused(string field, int documents, long bytes, long used, long limit)
    {
        Refusals.Add(1, new KeyValuePair<string, object?>(SpladeTelemetry.FieldTag, field));
        SpladeEvents.Log.Refused(field, documents, bytes, used, limit);
    }
}
