using System.Text.Encodings.Web;
using System.Text.Json;
using SpladeLucene.Reindexing;

namespace SpladeLucene.Tool.Reindexing;

/// <summary>Tells a run to a program: one JSON object a line, its kind in <c>type</c>. Thread-safe.</summary>
internal sealed class JsonReport(TextWriter writer) : IReindexReport
{
    // An apostrophe in a sentence stays one: no line ends up in a page.
    private static readonly JsonLinesContext Context = new(new JsonSerializerOptions(JsonLinesContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private readonly Lock _lock = new();
    private readonly Pace _pace = new(TimeSpan.FromSeconds(1));

    public void Looking()
    {
    }

    public void Looked(SpladeProgress value)
    {
        lock (_lock)
        {
            if (_pace.IsDue(null)) Write(PlanningLine.Of(value));
        }
    }

    public void Plan(ReindexPlan plan, ModelFingerprint model, IReadOnlyList<string> problems)
    {
        Write(PlanLine.Of(plan, model));
        if (problems.Count > 0) Refused(problems);
    }

    public void Report(ReindexProgress value)
    {
        lock (_lock)
        {
            if (_pace.IsDue(value.Phase)) Write(ProgressEntry.Of(value));
        }
    }

    public void Result(ReindexPlan plan, ReindexResult result) => Write(ResultLine.Of(plan, result));

    public void Refused(IReadOnlyList<string> problems) => Write(new ErrorLine("refused", problems, Resumable: false));

    public void Ended(string reason, bool stopped, ReindexPlan? plan) =>
        Write(new ErrorLine(stopped ? "stopped" : "failed", [reason], Resumable: plan is not null));

    private void Write(JsonLine line)
    {
        lock (_lock)
        {
            writer.WriteLine(JsonSerializer.Serialize(line, line.GetType(), Context));
            writer.Flush();
        }
    }
}
