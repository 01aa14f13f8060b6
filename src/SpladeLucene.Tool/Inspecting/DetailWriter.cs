using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace SpladeLucene.Tool.Inspecting;

/// <summary>Writes single documents and pieces of vocabularies, for people or for programs.</summary>
internal static class DetailWriter
{
    private const int Longest = 100;

    public static void Write(ToolConsole console, DocumentReport report)
    {
        if (console.IsJson)
        {
            console.WriteObject(new JsonObject
            {
                ["type"] = "document", ["doc"] = report.Doc,
                ["fields"] = new JsonArray([.. report.Stored.Select(field => new JsonObject { ["name"] = field.Name, ["value"] = field.Value })]),
                ["terms"] = new JsonArray([.. report.Terms.Select(term => new JsonObject
                {
                    ["field"] = term.Field, ["term"] = term.Term, ["impact"] = term.Impact, ["word"] = term.Word,
                })]),
            });
            return;
        }

        console.Out.WriteLine($"document {report.Doc}");
        foreach ((string name, string value) in report.Stored) console.Out.WriteLine($"  {name}: {Short(value)}");
        Table table = New("field", "impact", "term", "from");
        foreach (DocumentTerm term in report.Terms) table.AddRow(new Text(term.Field), Number(term.Impact), new Text(TermText.Shown(term.Term)), new Text(term.Word ?? ""));
        console.Out.Write(table);
        console.Error.WriteLine(Amounts.Count(report.Terms.Count, "term"));
    }

    /// <summary>The first <paramref name="most"/> terms of a piece of a vocabulary.</summary>
    public static void Write(ToolConsole console, string field, IEnumerable<TermLine> terms, int most)
    {
        TermLine[] shown = [.. terms.Take(most + 1)];
        Table table = New("field", "documents", "term");
        foreach (TermLine term in shown.Take(most))
        {
            if (console.IsJson) console.WriteObject(new JsonObject { ["type"] = "term", ["field"] = field, ["term"] = term.Term, ["documents"] = term.Documents });
            else table.AddRow(new Text(field), Number(term.Documents), new Text(TermText.Shown(term.Term)));
        }

        if (!console.IsJson) console.Out.Write(table);
        if (shown.Length > most) console.Error.WriteLine($"There are more; -n says how many are shown.");
    }

    public static void Write(ToolConsole console, string field, IReadOnlyList<MapLine> map)
    {
        IReadOnlyList<int> bands = VocabularyReport.ImpactBands;
        string[] names = [.. bands.Select((most, i) => $"{(i == 0 ? 1 : bands[i - 1] + 1)} to {most}")];
        Table table = New(["documents of a term", .. names]).Title(Markup.Escape($"{field}: postings by impact"));
        foreach (MapLine line in map)
        {
            if (console.IsJson)
            {
                console.WriteObject(new JsonObject
                {
                    ["type"] = "map", ["field"] = field, ["from"] = line.From, ["to"] = line.To,
                    ["impacts"] = new JsonArray([.. bands.Select(most => (JsonNode)most)]),
                    ["postings"] = new JsonArray([.. line.Postings.Select(count => (JsonNode)count)]),
                });
            }
            else
            {
                table.AddRow([new Text(string.Create(CultureInfo.InvariantCulture, $"{line.From:N0} to {line.To:N0}")), .. line.Postings.Select(Number)]);
            }
        }

        if (!console.IsJson) console.Out.Write(table);
    }

    private static string Short(string value)
    {
        string line = value.ReplaceLineEndings(" ");
        return line.Length <= Longest ? line : TextCut.At(line, Longest) + "…";
    }

    private static Text Number(int number) => Number((long)number);

    private static Text Number(long number) => new(number.ToString("N0", CultureInfo.InvariantCulture));

    private static Table New(params IEnumerable<string> columns)
    {
        Table table = new Table().SimpleBorder();
        foreach (string column in columns) table.AddColumn(column is "term" or "from" or "field" ? new TableColumn(column) : new TableColumn(column).RightAligned());
        return table;
    }
}
