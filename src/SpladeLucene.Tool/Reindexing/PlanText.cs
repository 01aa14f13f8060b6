using System.Globalization;
using Lucene.Net.Index;
using Spectre.Console;
using SpladeLucene.Onnx;
using SpladeLucene.Reindexing;

namespace SpladeLucene.Tool.Reindexing;

/// <summary>A plan as a person reads it.</summary>
internal static class PlanText
{
    private const int ShownSegments = 8;
    public static Grid Of(ReindexPlan plan, ModelFingerprint model)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        Add("source", plan.Source, Source(plan), Segments(plan.Segments));
        Add("target", plan.Target, Start(plan));
        Add("model", model.ToString());
        // What is stored isn't looked up where there is nothing to do, nor where the plan was refused before.
        if (plan.Texts.Count > 0) Add("fields", [.. plan.Fields.Select(Field)]);
        Add("encodes", [.. plan.Texts.Select(Texts)]);
        Add("adds", [.. plan.Texts.Select(texts => $"{texts.Mapping.TargetField}, and {texts.Mapping.HashField} with a hash "
            + "of each text, by which a later run finds what has changed")]);
        Add("takes", Cost(plan));
        foreach (string notice in plan.Notices) Add("notice", notice);
        return grid;

        void Add(string name, params string[] lines)
        {
            foreach (string line in lines.Where(line => line.Length > 0))
            {
                grid.AddRow(new Text(name), new Text(line));
                name = "";
            }
        }
    }

    private static string Source(ReindexPlan plan)
    {
        // Refused before it was opened, or with nothing in it.
        if (plan.Segments.Count == 0) return "";
        string deleted = plan.Deleted > 0 ? Invariant($" and {plan.Deleted:N0} deleted, which stay behind") : "";
        return $"{Amounts.Count(plan.Documents, "document")}{deleted}, {Amounts.Bytes(plan.SourceBytes)}";
    }

    private static string Segments(IReadOnlyList<ReindexSegment> segments)
    {
        if (segments.Count == 0) return "";
        IEnumerable<string> shown = segments.Take(ShownSegments).Select(one => $"{one.Name} {one.Codec}");
        string more = segments.Count > ShownSegments ? $", {segments.Count - ShownSegments} more" : "";
        return $"{Amounts.Count(segments.Count, "segment")}: {string.Join(", ", shown)}{more}";
    }

    private static string Start(ReindexPlan plan) => plan.CanRun ? plan.Start switch
    {
        ReindexStart.New => $"new; in the making in {plan.WorkingFolder}",
        ReindexStart.Resume => $"goes on with the interrupted run in {plan.WorkingFolder}",
        ReindexStart.CatchUp => "complete as the source was; what has changed since is brought over: "
            + $"{Amounts.Count(plan.Segments.Count(one => !one.IsCarried), "segment")} of {plan.Segments.Count} to write",
        _ => "complete, and the source is as it was: nothing to do",
    }
    : "";

    private static string Field(ReindexField one)
    {
        IEnumerable<string?> has =
        [
            one.IsStored == true ? "stored" : null, one.IndexOptions is { } options ? Postings(options) : null,
            one.HasNorms ? "norms" : null, one.HasPayloads ? "payloads" : null, one.HasVectors ? "term vectors" : null,
            one.DocValuesType is { } type ? $"{type.ToString().ToLowerInvariant().Replace('_', ' ')} doc values" : null,
        ];
        string all = string.Join(", ", has.OfType<string>());
        return $"{one.Name}: {(all.Length > 0 ? all : "nothing left")}";
    }

    private static string Postings(IndexOptions options) => options switch
    {
        IndexOptions.DOCS_ONLY => "indexed",
        IndexOptions.DOCS_AND_FREQS => "indexed with frequencies",
        IndexOptions.DOCS_AND_FREQS_AND_POSITIONS => "indexed with positions",
        _ => "indexed with positions and offsets",
    };

    private static string Texts(ReindexTexts texts)
    {
        string there = texts.ToEncode < texts.Documents ? Invariant($", {texts.ToEncode:N0} of them to encode") : "";
        string missing = texts.Missing > 0
            ? Invariant($"; {texts.Missing:N0} without text, first {texts.FirstMissing}")
            : "";
        return Invariant($"{texts.Mapping}: {Amounts.Count(texts.Documents, "text")}, ")
            + Invariant($"{texts.Characters:N0} characters{there}{missing}");
    }

    private static string Cost(ReindexPlan plan)
    {
        IEnumerable<string?> parts =
        [
            plan.EstimatedTime is { } time ? $"about {Amounts.Time(time)}" : null,
            plan.EstimatedTargetBytes is { } target ? $"about {Amounts.Bytes(target)} for the target" : null,
            plan.EstimatedWorkingBytes is { } working ? $"up to {Amounts.Bytes(working)} while it works" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
