using System.Text.Json;
using System.Text.Json.Nodes;
using SpladeLucene.Reindexing;

namespace SpladeLucene.Tool.Reindexing;

/// <summary>Tells a run to a program: one JSON object a line, its kind in <c>type</c>, durations in seconds. Thread-safe.</summary>
internal sealed partial class JsonReport(TextWriter writer) : IReindexReport
{
    private readonly object _lock = new();
    private readonly Pace _pace = new(TimeSpan.FromSeconds(1));

    public void Looking()
    {
    }

    public void Looked(SpladeProgress value)
    {
        lock (_lock)
        {
            if (_pace.IsDue(null)) Write(PlanningObject(value));
        }
    }

    public void Plan(ReindexPlan plan, ModelFingerprint model) => Write(PlanObject(plan, model));

    public void Report(ReindexProgress value)
    {
        lock (_lock)
        {
            if (_pace.IsDue(value.Phase)) Write(ProgressObject(value));
        }
    }

    public void Result(ReindexPlan plan, ReindexResult result) => Write(new JsonObject
    {
        ["type"] = "result",
        ["target"] = plan.Target,
        ["start"] = Name(result.Start),
        ["documents"] = result.Documents,
        ["segments"] = result.Segments,
        ["encoded"] = result.Encoded,
        ["reused"] = result.Reused,
        ["withoutText"] = result.WithoutText,
        ["tokens"] = result.Tokens,
        ["encodingTime"] = Seconds(result.EncodingTime),
        ["elapsed"] = Seconds(result.Elapsed),
    });

    public void Refused(IReadOnlyList<string> problems) => Write(Error("refused", problems, resumable: false));

    public void Ended(string reason, bool stopped, ReindexPlan? plan) =>
        Write(Error(stopped ? "stopped" : "failed", [reason], resumable: plan is not null));

    private static JsonObject PlanningObject(SpladeProgress value) => new()
    {
        ["type"] = "progress",
        ["phase"] = "planning",
        ["documents"] = value.Done,
        ["total"] = value.Total,
        ["elapsed"] = Seconds(value.Elapsed),
        ["left"] = Seconds(value.TimeLeft),
    };

    private static JsonObject ProgressObject(ReindexProgress value) => new()
    {
        ["type"] = "progress",
        ["phase"] = Name(value.Phase),
        ["documents"] = value.Documents,
        ["merged"] = value.Merged,
        ["total"] = value.Total,
        ["encoded"] = value.Encoded,
        ["tokens"] = value.Tokens,
        ["textsPerSecond"] = Rounded(value.TextsPerSecond),
        ["tokensPerSecond"] = Rounded(value.TokensPerSecond),
        ["elapsed"] = Seconds(value.Elapsed),
        ["left"] = Seconds(value.TimeLeft),
    };

    private static JsonObject Error(string kind, IReadOnlyList<string> sentences, bool resumable) => new()
    {
        ["type"] = "error", ["kind"] = kind, ["sentences"] = Array(sentences), ["resumable"] = resumable,
    };

    private void Write(JsonObject line)
    {
        lock (_lock)
        {
            writer.WriteLine(line.ToJsonString());
            writer.Flush();
        }
    }

    private static string Name(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static JsonArray Array(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 1) : null;

    private static double? Seconds(TimeSpan? time) => time is { } some ? Math.Round(some.TotalSeconds, 3) : null;
}
