using System.Text.Json;
using System.Text.Json.Serialization;
using SpladeLucene.Reindexing;

namespace SpladeLucene.Tool.Reindexing;

/// <summary>A line of <c>--json</c>; its properties in the order in which they are written, durations in seconds.</summary>
/// <param name="Type">Its kind, and its first property.</param>
internal abstract record JsonLine([property: JsonPropertyOrder(-1)] string Type)
{
    public static double? Seconds(TimeSpan? time) => time is { } some ? Math.Round(some.TotalSeconds, 3) : null;
}

internal sealed record PlanLine(
    string Source, string Target, string WorkingFolder, ReindexStart Start, bool CanRun, string Model, long Documents,
    long Deleted, IReadOnlyList<ReindexSegment> Segments, IEnumerable<FieldPart> Fields, IEnumerable<TextsPart> Texts,
    IEnumerable<string> Problems, IReadOnlyList<string> Notices, double? EstimatedTime, long SourceBytes,
    long? EstimatedTargetBytes, long? EstimatedWorkingBytes) : JsonLine("plan")
{
    public static PlanLine Of(ReindexPlan plan, ModelFingerprint model) => new(
        plan.Source, plan.Target, plan.WorkingFolder, plan.Start, plan.CanRun, model.ToString(), plan.Documents,
        plan.Deleted, plan.Segments, plan.Fields.Select(FieldPart.Of), plan.Texts.Select(TextsPart.Of),
        plan.Problems.Select(ReindexSession.InWordsOfTheCommand), plan.Notices, Seconds(plan.EstimatedTime), plan.SourceBytes, plan.EstimatedTargetBytes,
        plan.EstimatedWorkingBytes);
}

internal sealed record FieldPart(
    string Name, bool? Stored, string? Indexed, bool Norms, bool Payloads, bool Vectors, string? DocValues)
{
    public static FieldPart Of(ReindexField one) => new(one.Name, one.IsStored, one.IndexOptions?.ToString(),
        one.HasNorms, one.HasPayloads, one.HasVectors, one.DocValuesType?.ToString());
}

internal sealed record TextsPart(
    IReadOnlyList<string> From, string To, long Documents, long Missing, string? FirstMissing, long Characters,
    long ToEncode)
{
    public static TextsPart Of(ReindexTexts texts) => new(texts.Mapping.SourceFields, texts.Mapping.TargetField,
        texts.Documents, texts.Missing, texts.FirstMissing, texts.Characters, texts.ToEncode);
}

/// <summary>How far the planning has come.</summary>
internal sealed record PlanningLine(string Phase, long Documents, long? Total, double? Elapsed, double? Left)
    : JsonLine("progress")
{
    public static PlanningLine Of(SpladeProgress value) =>
        new("planning", value.Done, value.Total, Seconds(value.Elapsed), Seconds(value.TimeLeft));
}

/// <summary>How far the run has come.</summary>
internal sealed record ProgressEntry(
    ReindexPhase Phase, long Documents, long Merged, long Total, long Encoded, long? Tokens, double TextsPerSecond,
    double? TokensPerSecond, double? Elapsed, double? Left) : JsonLine("progress")
{
    public static ProgressEntry Of(ReindexProgress value) => new(
        value.Phase, value.Documents, value.Merged, value.Total, value.Encoded, value.Tokens,
        Math.Round(value.TextsPerSecond, 1), value.TokensPerSecond is { } rate ? Math.Round(rate, 1) : null,
        Seconds(value.Elapsed), Seconds(value.TimeLeft));
}

internal sealed record ResultLine(
    string Target, ReindexStart Start, long Documents, long Segments, long CarriedSegments, long Encoded, long Reused,
    long WithoutText, long? Tokens, double? EncodingTime, double? Elapsed) : JsonLine("result")
{
    public static ResultLine Of(ReindexPlan plan, ReindexResult result) => new(
        plan.Target, result.Start, result.Documents, result.Segments, result.CarriedSegments, result.Encoded, result.Reused,
        result.WithoutText, result.Tokens, Seconds(result.EncodingTime), Seconds(result.Elapsed));
}

internal sealed record ErrorLine(string Kind, IReadOnlyList<string> Sentences, bool Resumable) : JsonLine("error");

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = new[] { typeof(CamelCase<ReindexStart>), typeof(CamelCase<ReindexPhase>) })]
[JsonSerializable(typeof(PlanLine))]
[JsonSerializable(typeof(PlanningLine))]
[JsonSerializable(typeof(ProgressEntry))]
[JsonSerializable(typeof(ResultLine))]
[JsonSerializable(typeof(ErrorLine))]
internal sealed partial class JsonLinesContext : JsonSerializerContext;

internal sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase)
    where T : struct, Enum;
