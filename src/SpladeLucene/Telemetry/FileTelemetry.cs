using System.Diagnostics.Metrics;

namespace SpladeLucene.Telemetry;

/// <summary>The part of <see cref="SpladeTelemetry"/> that is about impacts on disk.</summary>
internal static class FileTelemetry
{
    private static readonly Counter<long> Files = SpladeTelemetry.Meter.CreateCounter<long>(
        "splade.impacts.files", "{file}", "Files of impacts, by what happened to them.");

    private static long _mapped;

    static FileTelemetry() => SpladeTelemetry.Meter.CreateObservableUpDownCounter(
        "splade.impacts.mapped", () => Volatile.Read(ref _mapped), "By", "Bytes of files that are mapped, which aren't on the heap.");

    /// <summary>More or less is mapped than before.</summary>
    public static void Resident(long change) => Interlocked.Add(ref _mapped, change);

    public static void Mapped(string field, string file, long bytes, TimeSpan time)
    {
        Count("mapped", field);
        SpladeEvents.Log.Mapped(field, bytes, file, time.TotalMilliseconds);
    }

    public static void Written(string field, string file, TimeSpan time)
    {
        Count("written", field);
        SpladeEvents.Log.Written(field, file, time.TotalMilliseconds);
    }

    public static void Distrusted(string field, string file, string problem)
    {
        Count("distrusted", field);
        SpladeEvents.Log.Distrusted(field, file, problem);
    }

    public static void Failed(string field, string reason)
    {
        Count("failed", field);
        SpladeEvents.Log.NotMapped(field, reason);
    }

    public static void Deleted(string file)
    {
        Files.Add(1, new KeyValuePair<string, object?>("outcome", "deleted"));
        SpladeEvents.Log.Deleted(file);
    }

    private static void Count(string outcome, string field) =>
        Files.Add(1, new("outcome", outcome), new(SpladeTelemetry.FieldTag, field));
}
