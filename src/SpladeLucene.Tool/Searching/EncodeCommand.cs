using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using SpladeLucene.Tool.Usage;

namespace SpladeLucene.Tool.Searching;

/// <summary>The words of <c>splade encode</c>.</summary>
internal static class EncodeCommand
{
    /// <summary>What stands below the help.</summary>
    public const string Notes = """
        Says each term of the text's vector, the heaviest first, its weight, and the text's own piece that brought it. A query's
        weights are those before the index is asked how frequent a term is.

        Example: splade encode "my dog is ill" --model splade-tiny-en --query

        """;

    public static Command Create(ToolConsole console, Func<string, ISparseEncoder> load)
    {
        var text = new Argument<string>("TEXT") { Description = "The text." };
        Option<string> model = SharedOptions.Model();
        var query = new Option<bool>("--query") { Description = "Encode it as a query, not as a document." };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("encode", "Shows what a model makes of a text: words and weights.") { text, model, query, json };
        command.SetAction((parsed, cancellation) => Ladder.RunAsync(console, () => Task.Run(() =>
        {
            string read = parsed.GetRequiredValue(text);
            using ISparseEncoder encoder = load(parsed.GetRequiredValue(model));
            cancellation.ThrowIfCancellationRequested();
            SparseVector vector = parsed.GetValue(query) ? encoder.EncodeQuery(read) : encoder.Encode(read);
            SparseTerm[] terms = [.. vector.OrderByDescending(term => term.Weight).ThenBy(term => term.Term, StringComparer.Ordinal)];
            cancellation.ThrowIfCancellationRequested();
            if (parsed.GetValue(json)) WriteJson(console, terms);
            else WriteTable(console, terms, read);
        }, CancellationToken.None)));
        return command;
    }

    private static void WriteTable(ToolConsole console, SparseTerm[] terms, string text)
    {
        Table table = new Table().SimpleBorder();
        table.AddColumn(new TableColumn("weight").RightAligned()).AddColumn("term").AddColumn("from");
        foreach (SparseTerm term in terms)
        {
            string from = term.Span is { Length: > 0 } span ? text[span.Start..span.End].Trim() : "";
            table.AddRow(new Text(term.Weight.ToString("0.00", CultureInfo.InvariantCulture)), new Text(TermText.Shown(term.Term)), new Text(from));
        }

        console.Out.Write(table);
        console.Error.WriteLine(Amounts.Count(terms.Length, "term"));
    }

    private static void WriteJson(ToolConsole console, SparseTerm[] terms)
    {
        foreach (SparseTerm term in terms)
        {
            var line = new JsonObject { ["type"] = "term", ["term"] = term.Term, ["weight"] = term.Weight };
            if (term.Span is { Length: > 0 } span) (line["start"], line["length"]) = (span.Start, span.Length);
            console.WriteObject(line);
        }
    }
}
