using System.Diagnostics.Tracing;

namespace SpladeLucene.Telemetry;

/// <summary>What happens to impacts, for logs: heard by an <see cref="EventListener"/> or <c>dotnet-trace</c>.
/// </summary>
[EventSource(Name = SpladeTelemetry.Name)]
internal sealed class SpladeEvents : EventSource
{
    public static readonly SpladeEvents Log = new();

    private SpladeEvents()
    {
    }

    [Event(1, Level = EventLevel.Informational, Message =
        "Built the impacts of '{0}': {1} postings, {2} bytes, {3} ms.")]
    public void Built(string field, long postings, long bytes, double milliseconds)
    {
        if (IsEnabled()) WriteEvent(1, field, postings, bytes, milliseconds);
    }

    [Event(2, Level = EventLevel.Warning, Message =
        "The impacts of '{0}' in {1} documents take {2} bytes; {3} of {4} are taken, so Lucene's postings are searched.")]
    public void Refused(string field, int documents, long bytes, long used, long budget)
    {
        if (IsEnabled()) WriteEvent(2, field, documents, bytes, used, budget);
    }

    [Event(3, Level = EventLevel.Informational, Message = "Freed the impacts of '{0}', {1} bytes, with their segment.")]
    public void Freed(string field, long bytes)
    {
        if (IsEnabled()) WriteEvent(3, field, bytes);
    }

    [Event(4, Level = EventLevel.Verbose, Message =
        "'{0}' from document {1} on was searched over Lucene's postings: {2}.")]
    public void FellBack(string field, int docBase, string reason)
    {
        if (IsEnabled()) WriteEvent(4, field, docBase, reason);
    }

    [Event(5, Level = EventLevel.Informational, Message =
        "Mapped the impacts of '{0}': {1} bytes of {2}, compared with their checksum in {3} ms.")]
    public void Mapped(string field, long bytes, string file, double milliseconds)
    {
        if (IsEnabled()) WriteEvent(5, field, bytes, file, milliseconds);
    }

    [Event(6, Level = EventLevel.Informational, Message = "Wrote the impacts of '{0}' to {1}, {2} ms.")]
    public void Written(string field, string file, double milliseconds)
    {
        if (IsEnabled()) WriteEvent(6, field, file, milliseconds);
    }

    [Event(7, Level = EventLevel.Warning, Message =
        "The impacts of '{0}' in {1} aren't to be trusted, as {2}; they are made anew.")]
    public void Distrusted(string field, string file, string problem)
    {
        if (IsEnabled()) WriteEvent(7, field, file, problem);
    }

    [Event(8, Level = EventLevel.Warning, Message = "The impacts of '{0}' aren't kept in a file but on the heap: {1}")]
    public void NotMapped(string field, string reason)
    {
        if (IsEnabled()) WriteEvent(8, field, reason);
    }

    [Event(9, Level = EventLevel.Informational, Message = "Deleted {0}, whose segment is gone.")]
    public void Deleted(string file)
    {
        if (IsEnabled()) WriteEvent(9, file);
    }
}
