using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Tool.Calibrating;

/// <summary>Writes what a calibration finds, for people or for programs.</summary>
internal abstract class CalibrationWriter
{
    public static CalibrationWriter Text(ToolConsole console) => new Tables(console);

    public static CalibrationWriter Json(ToolConsole console) => new Lines(console);

    /// <summary>What each floor does to a collection's queries.</summary>
    public abstract void Floors(Slice slice, int documents, IReadOnlyList<FloorCost> costs);

    /// <summary>The mean nDCG@10 of each weight under the floor that is to be taken, a list for each collection.</summary>
    public abstract void Fused(IReadOnlyList<Slice> slices, IReadOnlyList<double> weights, IReadOnlyList<IReadOnlyList<double>> fused);

    /// <summary>What to take, and why that floor.</summary>
    public abstract void Result(float floor, string why, double weight);

    private sealed class Tables(ToolConsole console) : CalibrationWriter
    {
        public override void Floors(Slice slice, int documents, IReadOnlyList<FloorCost> costs)
        {
            Table table = new Table().SimpleBorder().Title(Markup.Escape(
                $"{slice.Name}: {slice.Queries.Count} judged queries, {Amounts.Count(documents, "document")}"));
            foreach (string column in (string[])["floor", "nDCG@10", "R@100", "R@20", "of all documents match"])
                table.AddColumn(new TableColumn(column).RightAligned());
            foreach (FloorCost cost in costs)
            {
                table.AddRow(Cell(cost.Share, "0.00"), Cell(cost.Ndcg, "0.0000"), Cell(cost.Recall, "0.0000"),
                    Cell(cost.PageRecall, "0.0000"), Cell(100 * cost.Matching, "0.0 '%'"));
            }

            console.Out.Write(table);
        }

        public override void Fused(IReadOnlyList<Slice> slices, IReadOnlyList<double> weights, IReadOnlyList<IReadOnlyList<double>> fused)
        {
            Table table = new Table().SimpleBorder().Title("fused nDCG@10");
            table.AddColumn("meaning's weight");
            foreach (Slice slice in slices) table.AddColumn(new TableColumn(Markup.Escape(slice.Name)).RightAligned());
            for (int i = 0; i < weights.Count; i++)
                table.AddRow([Cell(weights[i], "0.00"), .. fused.Select(each => Cell(each[i], "0.0000"))]);
            console.Out.Write(table);
        }

        public override void Result(float floor, string why, double weight)
        {
            console.Out.WriteLine(FormattableString.Invariant($"\"floorShare\": {floor:0.##}  {why}"));
            console.Out.WriteLine(FormattableString.Invariant(
                $"\"fusionWeight\": {weight:0.##}  the best nDCG@10 beside BM25, with that floor, on the average of the collections"));
        }

        private static Text Cell(double value, string format) => new(value.ToString(format, CultureInfo.InvariantCulture));
    }

    private sealed class Lines(ToolConsole console) : CalibrationWriter
    {
        public override void Floors(Slice slice, int documents, IReadOnlyList<FloorCost> costs)
        {
            foreach (FloorCost cost in costs)
            {
                console.WriteObject(new JsonObject
                {
                    ["type"] = "floor", ["collection"] = slice.Name, ["queries"] = slice.Queries.Count, ["documents"] = documents,
                    ["floorShare"] = Math.Round(cost.Share, 2), ["ndcg10"] = cost.Ndcg, ["r100"] = cost.Recall, ["r20"] = cost.PageRecall,
                    ["matching"] = cost.Matching,
                });
            }
        }

        public override void Fused(IReadOnlyList<Slice> slices, IReadOnlyList<double> weights, IReadOnlyList<IReadOnlyList<double>> fused)
        {
            for (int i = 0; i < slices.Count; i++)
            {
                for (int j = 0; j < weights.Count; j++)
                {
                    console.WriteObject(new JsonObject
                    {
                        ["type"] = "fused", ["collection"] = slices[i].Name, ["fusionWeight"] = weights[j], ["ndcg10"] = fused[i][j],
                    });
                }
            }
        }

        public override void Result(float floor, string why, double weight) => console.WriteObject(new JsonObject
        {
            ["type"] = "result", ["floorShare"] = Math.Round(floor, 2), ["fusionWeight"] = weight,
        });
    }
}
