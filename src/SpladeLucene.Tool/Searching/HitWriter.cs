using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace SpladeLucene.Tool.Searching;

/// <summary>Writes hits for people or for programs.</summary>
internal abstract class HitWriter
{
    private const int Longest = 100;

    public static HitWriter Text(ToolConsole console) => new Texts(console);

    public static HitWriter Json(ToolConsole console) => new Lines(console);

    public abstract void Total(int hits);

    public abstract void Write(int rank, Hit hit);

    private sealed class Texts(ToolConsole console) : HitWriter
    {
        public override void Total(int hits) => console.Error.WriteLine(hits == 0 ? "Nothing is found." : Amounts.Count(hits, "hit"));

        public override void Write(int rank, Hit hit)
        {
            Line($"{rank,3}. {hit.Found.Score:0.00}{Parts(hit)}");
            foreach ((string name, string? value) in hit.Fields) Line($"     {name}: {(value is null ? "(nothing stored)" : Short(value))}");
            foreach (TermMatch reason in hit.Reasons) Line($"       {reason.Score,6:0.00}  {reason.InWords()}");
        }

        private static string Parts(Hit hit) => hit.Found is not HybridHit hybrid ? "" : string.Create(CultureInfo.InvariantCulture,
            $"  (words {hybrid.WordsScore ?? 0:0.00}, meaning {hybrid.MeaningScore ?? 0:0.00})");

        private static string Short(string value)
        {
            string line = value.ReplaceLineEndings(" ");
            return line.Length <= Longest ? line : TextCut.At(line, Longest) + "…";
        }

        private void Line(FormattableString line) =>
            console.Out.Profile.Out.Writer.WriteLine(line.ToString(CultureInfo.InvariantCulture));
    }

    private sealed class Lines(ToolConsole console) : HitWriter
    {
        public override void Total(int hits) => Line(new JsonObject { ["type"] = "total", ["hits"] = hits });

        public override void Write(int rank, Hit hit)
        {
            var line = new JsonObject { ["type"] = "hit", ["rank"] = rank, ["doc"] = hit.Found.Doc, ["score"] = hit.Found.Score };
            if (hit.Found is HybridHit hybrid) (line["words"], line["meaning"]) = (hybrid.WordsScore, hybrid.MeaningScore);
            line["fields"] = new JsonArray([.. hit.Fields.Select(field => new JsonObject { ["name"] = field.Name, ["value"] = field.Value })]);
            if (hit.Reasons.Count > 0) line["reasons"] = new JsonArray([.. hit.Reasons.Select(Reason)]);
            Line(line);
        }

        private static JsonObject Reason(TermMatch match) => new()
        {
            ["term"] = match.Term, ["score"] = match.Score, ["query"] = match.QuerySource?.Word, ["document"] = match.DocumentSource?.Word,
        };

        private void Line(JsonObject line) => console.WriteObject(line);
    }
}
