using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Tool.Evaluating;

/// <summary>Writes measures for people or for programs.</summary>
internal abstract class EvalWriter
{
    public static EvalWriter Text(ToolConsole console) => new Tables(console);

    public static EvalWriter Json(ToolConsole console) => new Lines(console);

    public abstract void Queries(IReadOnlyList<EvaluatedRun> runs, IReadOnlyList<Measure> measures);

    public abstract void Means(IReadOnlyList<EvaluatedRun> runs, IReadOnlyList<Measure> measures);

    public abstract void Differences(EvaluatedRun first, EvaluatedRun other, IReadOnlyList<Difference> differences);

    private sealed class Tables(ToolConsole console) : EvalWriter
    {
        public override void Queries(IReadOnlyList<EvaluatedRun> runs, IReadOnlyList<Measure> measures)
        {
            foreach (EvaluatedRun run in runs)
            {
                Table table = New(run.Name, ["query", .. measures.Select(measure => $"{measure}")]);
                for (int i = 0; i < run.Values.Queries.Count; i++)
                    table.AddRow([new Text(run.Values.Queries[i]), .. measures.Select(measure => Cell(run.Values.Of(measure)[i]))]);
                console.Out.Write(table);
            }
        }

        public override void Means(IReadOnlyList<EvaluatedRun> runs, IReadOnlyList<Measure> measures)
        {
            Table table = New(null, ["run", "queries", .. measures.Select(measure => $"{measure}")]);
            foreach (EvaluatedRun run in runs)
            {
                table.AddRow([new Text(run.Name), new Text(run.Values.Queries.Count.ToString("N0", CultureInfo.InvariantCulture)),
                    .. measures.Select(measure => Cell(run.Values.Mean(measure)))]);
            }

            console.Out.Write(table);
        }

        public override void Differences(EvaluatedRun first, EvaluatedRun other, IReadOnlyList<Difference> differences)
        {
            Table table = New($"{other.Name} against {first.Name}", "measure", "difference", "95 % interval", "p", "better", "worse", "queries");
            foreach (Difference each in differences)
            {
                table.AddRow(new Text($"{each.Measure}"), Cell(each.Mean.Mean, "+0.0000;-0.0000;0"),
                    new Text(string.Create(CultureInfo.InvariantCulture, $"{each.Mean.Low:+0.0000;-0.0000;0} to {each.Mean.High:+0.0000;-0.0000;0}")),
                    Cell(each.PValue), Cell(each.Better, "N0"), Cell(each.Worse, "N0"), Cell(each.Queries, "N0"));
            }

            console.Out.Write(table);
        }

        private static Table New(string? title, params string[] columns)
        {
            Table table = new Table().SimpleBorder();
            if (title is not null) table.Title(Markup.Escape(title));
            table.AddColumn(columns[0]);
            foreach (string column in columns[1..]) table.AddColumn(new TableColumn(column).RightAligned());
            return table;
        }

        private static Text Cell(double value, string format = "0.0000") => new(value.ToString(format, CultureInfo.InvariantCulture));
    }

    private sealed class Lines(ToolConsole console) : EvalWriter
    {
        public override void Queries(IReadOnlyList<EvaluatedRun> runs, IReadOnlyList<Measure> measures)
        {
            foreach (EvaluatedRun run in runs)
                foreach (Measure measure in measures)
                    foreach ((string query, double value) in run.Values.Queries.Zip(run.Values.Of(measure)))
                    {
                        Write(new JsonObject
                        {
                            ["type"] = "query", ["run"] = run.Name, ["query"] = query, ["measure"] = $"{measure}", ["value"] = value,
                        });
                    }
        }

        public override void Means(IReadOnlyList<EvaluatedRun> runs, IReadOnlyList<Measure> measures)
        {
            foreach (EvaluatedRun run in runs)
                foreach (Measure measure in measures)
                {
                    Write(new JsonObject
                    {
                        ["type"] = "mean", ["run"] = run.Name, ["measure"] = $"{measure}", ["value"] = run.Values.Mean(measure),
                        ["queries"] = run.Values.Queries.Count, ["missing"] = run.Values.Missing,
                    });
                }
        }

        public override void Differences(EvaluatedRun first, EvaluatedRun other, IReadOnlyList<Difference> differences)
        {
            foreach (Difference each in differences)
            {
                Write(new JsonObject
                {
                    ["type"] = "difference", ["run"] = other.Name, ["from"] = first.Name, ["measure"] = $"{each.Measure}",
                    ["value"] = each.Mean.Mean, ["low"] = each.Mean.Low, ["high"] = each.Mean.High, ["p"] = each.PValue,
                    ["better"] = each.Better, ["worse"] = each.Worse, ["queries"] = each.Queries,
                });
            }
        }

        private void Write(JsonObject line) => console.WriteObject(line);
    }
}
