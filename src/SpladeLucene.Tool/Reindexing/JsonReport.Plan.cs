using System.Text.Json.Nodes;
using SpladeLucene.Reindexing;

namespace SpladeLucene.Tool.Reindexing;

internal sealed partial class JsonReport
{
    private static JsonObject PlanObject(ReindexPlan plan, ModelFingerprint model) => new()
    {
        ["type"] = "plan",
        ["source"] = plan.Source,
        ["target"] = plan.Target,
        ["workingFolder"] = plan.WorkingFolder,
        ["start"] = Name(plan.Start),
        ["canRun"] = plan.CanRun,
        ["model"] = model.ToString(),
        ["documents"] = plan.Documents,
        ["deleted"] = plan.Deleted,
        ["segments"] = new JsonArray([.. plan.Segments.Select(SegmentObject)]),
        ["fields"] = new JsonArray([.. plan.Fields.Select(FieldObject)]),
        ["texts"] = new JsonArray([.. plan.Texts.Select(TextsObject)]),
        ["problems"] = Array([.. plan.Problems.Select(ReindexSession.InWordsOfTheCommand)]),
        ["notices"] = Array(plan.Notices),
        ["estimatedTime"] = Seconds(plan.EstimatedTime),
        ["sourceBytes"] = plan.SourceBytes,
        ["estimatedTargetBytes"] = plan.EstimatedTargetBytes,
        ["estimatedWorkingBytes"] = plan.EstimatedWorkingBytes,
    };

    private static JsonObject SegmentObject(ReindexSegment segment) => new()
    {
        ["name"] = segment.Name,
        ["documents"] = segment.Documents,
        ["deleted"] = segment.Deleted,
        ["codec"] = segment.Codec,
        ["version"] = segment.Version,
    };

    private static JsonObject FieldObject(ReindexField one) => new()
    {
        ["name"] = one.Name,
        ["stored"] = one.IsStored,
        ["indexed"] = one.IndexOptions?.ToString(),
        ["norms"] = one.HasNorms,
        ["payloads"] = one.HasPayloads,
        ["vectors"] = one.HasVectors,
        ["docValues"] = one.DocValuesType?.ToString(),
    };

    private static JsonObject TextsObject(ReindexTexts texts) => new()
    {
        ["from"] = Array(texts.Mapping.SourceFields),
        ["to"] = texts.Mapping.TargetField,
        ["documents"] = texts.Documents,
        ["missing"] = texts.Missing,
        ["firstMissing"] = texts.FirstMissing,
        ["characters"] = texts.Characters,
        ["toEncode"] = texts.ToEncode,
    };
}
