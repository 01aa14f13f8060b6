using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using SpladeLucene.Tool.Completing;
using SpladeLucene.Tool.Searching;
using SpladeLucene.Tool.Usage;

namespace SpladeLucene.Tool.Inspecting;

/// <summary>The words of <c>splade inspect</c>.</summary>
internal static class InspectIndexCommand
{
    /// <summary>What stands below the help.</summary>
    public const string Notes = """
        Says which segments and fields an index has; of a SPLADE field, which model made how many of its vectors, how many
        documents have none, what a searcher will hold in memory of it, and which terms the most documents have. --document shows one
        as words: its terms with their impacts, and with --from the words they come from. --terms shows a piece of the vocabulary, and
        --map how impacts lie over rare and frequent terms.

        Example: splade inspect my-index --document id=a1 --from title --from body

        """;

    private const int Usual = 50;

    public static Command Create(ToolConsole console)
    {
        var index = new Argument<string>("INDEX") { Description = "A folder with a Lucene.NET index; it is only read." };
        var document = new Option<string?>("--document") { HelpName = "NUMBER|FIELD=VALUE", Description = "Show one document: Lucene's number of it, or a field with its value." };
        Option<string[]> from = SharedOptions.From();
        var terms = new Option<string?>("--terms") { HelpName = "PREFIX", Description = "Show the terms that begin so; ## begins pieces of words." };
        var map = new Option<bool>("--map") { Description = "Show how many postings have which impact, by how frequent their terms are." };
        var field = new Option<string?>("--field") { HelpName = "FIELD", Description = "Of this field alone; of all SPLADE fields unless said." };
        Option<int?> count = NumberOption.Create("-n", "COUNT", "a whole number from 1 on", 1, int.MaxValue, $"With --terms: how many; {Usual} unless said.");
        Option<bool> json = SharedOptions.Json();
        var command = new Command("inspect", "Says what an index holds, and whose vectors.") { index, document, from, terms, map, field, count, json };
        FieldNames.Complete(index, from, field);
        command.AddCheck(result =>
        {
            int asked = (result.GetValue(document) is null ? 0 : 1) + (result.GetValue(terms) is null ? 0 : 1) + (result.GetValue(map) ? 1 : 0);
            if (asked > 1) result.AddError("--document, --terms and --map exclude each other.");
            if (result.GetValue(from) is { Length: > 0 } && result.GetValue(document) is null) result.AddError("--from goes with --document.");
            if (result.GetValue(count) is not null && result.GetValue(terms) is null) result.AddError("-n goes with --terms.");
            if (result.GetValue(field) is not null && asked == 0) result.AddError("--field goes with --document, --terms or --map.");
        });
        command.SetAction((parsed, cancellation) => Ladder.RunAsync(console, () => Task.Run(() =>
        {
            using OpenedIndex opened = OpenedIndex.Open(parsed.GetRequiredValue(index));
            try
            {
                cancellation.ThrowIfCancellationRequested();
                string[] sources = parsed.GetValue(from) ?? [];
                if (parsed.GetValue(document) is { } asked)
                    DetailWriter.Write(console, DocumentReport.Of(opened, asked, Fields(opened, parsed.GetValue(field), true, sources), sources));
                else if (parsed.GetValue(terms) is { } prefix)
                    foreach (string name in Fields(opened, parsed.GetValue(field), false)) DetailWriter.Write(console, name, VocabularyReport.TermsOf(opened.Reader, name, prefix), parsed.GetValue(count) ?? Usual);
                else if (parsed.GetValue(map))
                    foreach (string name in Fields(opened, parsed.GetValue(field), true)) DetailWriter.Write(console, name, VocabularyReport.MapOf(opened.Reader, name, cancellation));
                else if (console.IsJson) WriteJson(console, IndexReport.Of(opened.Reader, cancellation));
                else WriteText(console, IndexReport.Of(opened.Reader, cancellation));
            }
            catch (Exception problem) when (opened.DamageBehind(problem) is { } damage)
            {
                throw new InvalidDataException(damage, problem);
            }
        }, CancellationToken.None)));
        return command;
    }

    private static string[] Fields(OpenedIndex index, string? asked, bool splade, params IReadOnlyList<string> others)
    {
        index.Require([.. asked is null ? Array.Empty<string>() : [asked], .. others]);
        string[] all = [.. index.SpladeFields()];
        if (asked is null) return all.Length > 0 ? all : throw new InvalidDataException("The index has no SPLADE field.");
        return !splade || all.Contains(asked, StringComparer.Ordinal) ? [asked] : throw index.NoVectorsIn(asked);
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
            + $"; a searcher holds {Amounts.Bytes(field.ImpactBytes)} of it at most");
        foreach ((SpladeFingerprint made, int count) in coverage.Vectors) console.Out.WriteLine($"  {Number(count)} by {made}");
        if (coverage.Foreign > 0) console.Out.WriteLine($"  {Amounts.Count(coverage.Foreign, "document")} with terms of somebody else's analyzer");
        if (coverage.SeveralValues > 0) console.Out.WriteLine($"  {Amounts.Count(coverage.SeveralValues, "document")} with several vectors");
        console.Out.WriteLine($"  in the most documents: {string.Join(", ", field.Heaviest.Select(term => $"{TermText.Shown(term.Term)} {Number(term.Documents)}"))}");
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
