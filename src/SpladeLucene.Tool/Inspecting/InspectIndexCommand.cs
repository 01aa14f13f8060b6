using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using SpladeLucene.Tool.Searching;

namespace SpladeLucene.Tool.Inspecting;

/// <summary>The words of <c>splade inspect</c>.</summary>
internal static class InspectIndexCommand
{
    /// <summary>What stands below the help.</summary>
    public const string Notes = """
        Says which segments and fields an index has; of a SPLADE field, which model made how many of its vectors, how many
        documents have none, what a searcher will hold in memory of it, and which terms the most documents have.

        Example: splade inspect my-index

        """;

    public static Command Create(ToolConsole console)
    {
        var index = new Argument<string>("INDEX") { Description = "A folder with a Lucene.NET index; it is only read." };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("inspect", "Says what an index holds, and whose vectors.") { index, json };
        command.SetAction((parsed, cancellation) => Ladder.RunAsync(console, () => Task.Run(() =>
        {
            using OpenedIndex opened = OpenedIndex.Open(parsed.GetRequiredValue(index));
            IndexReport report = IndexReport.Of(opened.Reader, cancellation);
            if (parsed.GetValue(json)) WriteJson(console, report);
            else WriteText(console, report);
        }, CancellationToken.None)));
        return command;
    }

    private static void WriteText(ToolConsole console, IndexReport report)
    {
        console.Out.WriteLine($"{Amounts.Count(report.Documents, "document")}, {Number(report.Deleted)} deleted, in {Amounts.Count(report.Segments.Count, "segment")}");
        Table segments = New("segment", "documents", "deleted", "size");
        foreach (SegmentLine each in report.Segments)
            segments.AddRow(new Text(each.Name), new Text(Number(each.Documents)), new Text(Number(each.Deleted)), new Text(Amounts.Bytes(each.Bytes)));
        console.Out.Write(segments);
        Table fields = New("field", "documents", "terms", "postings", "kind");
        foreach (FieldLine each in report.Fields)
            fields.AddRow(new Text(each.Name), new Text(Number(each.Documents)), new Text(Number(each.Terms)), new Text(Number(each.Postings)), new Text(each.Kind));
        console.Out.Write(fields);
        foreach (FieldLine each in report.Fields.Where(each => each.Coverage is not null)) WriteSplade(console, each);
    }

    private static void WriteSplade(ToolConsole console, FieldLine field)
    {
        SpladeCoverage coverage = field.Coverage!;
        console.Out.WriteLine($"{field.Name}: {Number(coverage.Documents - coverage.Without)} of {Amounts.Count(coverage.Documents, "document")} with a vector"
            + $"; a searcher holds about {Amounts.Bytes(field.ImpactBytes)}");
        foreach ((SpladeFingerprint made, int count) in coverage.Vectors) console.Out.WriteLine($"  {Number(count)} by {made}");
        if (coverage.Foreign > 0) console.Out.WriteLine($"  {Amounts.Count(coverage.Foreign, "document")} with terms of somebody else's analyzer");
        if (coverage.SeveralValues > 0) console.Out.WriteLine($"  {Amounts.Count(coverage.SeveralValues, "document")} with several vectors");
        console.Out.WriteLine($"  in the most documents: {string.Join(", ", field.Heaviest.Select(term => $"{term.Term} {Number(term.Documents)}"))}");
    }

    private static void WriteJson(ToolConsole console, IndexReport report)
    {
        console.WriteObject(new JsonObject { ["type"] = "index", ["documents"] = report.Documents, ["deleted"] = report.Deleted });
        foreach (SegmentLine each in report.Segments)
        {
            console.WriteObject(new JsonObject
            {
                ["type"] = "segment", ["name"] = each.Name, ["documents"] = each.Documents, ["deleted"] = each.Deleted, ["bytes"] = each.Bytes,
            });
        }

        foreach (FieldLine each in report.Fields) console.WriteObject(Json(each));
    }

    private static JsonObject Json(FieldLine field)
    {
        var line = new JsonObject
        {
            ["type"] = "field", ["name"] = field.Name, ["documents"] = field.Documents, ["terms"] = field.Terms, ["postings"] = field.Postings,
            ["kind"] = field.Kind,
            ["heaviest"] = new JsonArray([.. field.Heaviest.Select(term => new JsonObject { ["term"] = term.Term, ["documents"] = term.Documents })]),
        };
        if (field.Coverage is not { } coverage) return line;
        (line["without"], line["foreign"], line["severalValues"], line["impactBytes"]) =
            (coverage.Without, coverage.Foreign, coverage.SeveralValues, field.ImpactBytes);
        line["vectors"] = new JsonArray([.. coverage.Vectors.Select(made => new JsonObject { ["by"] = $"{made.Key}", ["documents"] = made.Value })]);
        return line;
    }

    private static Table New(params string[] columns)
    {
        Table table = new Table().SimpleBorder().AddColumn(columns[0]);
        foreach (string column in columns[1..]) table.AddColumn(column == "kind" ? new TableColumn(column) : new TableColumn(column).RightAligned());
        return table;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
