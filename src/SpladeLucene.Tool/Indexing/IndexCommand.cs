using System.CommandLine;
using SpladeLucene.Tool.Importing;
using SpladeLucene.Tool.Usage;

namespace SpladeLucene.Tool.Indexing;

/// <summary>The words of <c>splade index</c>.</summary>
internal static class IndexCommand
{
    /// <summary>What stands below the help.</summary>
    public const string Notes = """
        SOURCE is a file of JSON objects a line (.jsonl), a table with a header (.csv, .tsv), each perhaps with .gz, a
        collection's folder (corpus.jsonl), or a folder of texts (.txt, .md), whose names are their ids. Every member becomes a
        field whose words are indexed and stored; the id becomes 'id'. Objects within objects are refused, or left out by --skip.
        INDEX appears when it is complete.

        Exit codes: 0 done, 1 failed on the way, 2 refused, 130 stopped by Ctrl-C. But for 0, nothing is left behind.

        Example: splade index articles.csv my-index --from title --from body --model splade-tiny-en

        """;

    public static Command Create(ToolConsole console, Func<string, ISparseEncoder> load)
    {
        var source = new Argument<string>("SOURCE") { Description = "A file, or a folder of texts." };
        var index = new Argument<string>("INDEX") { Description = "The folder of the new index." };
        Option<string> model = SharedOptions.Model();
        var from = new Option<string[]>("--from")
        {
            HelpName = "FIELD", Description = "A field that is encoded; may be repeated. Title and text unless said, where they are there.",
        };
        var to = new Option<string>("--to") { HelpName = "FIELD", DefaultValueFactory = _ => "splade", Description = "The SPLADE field." };
        var id = new Option<string?>("--id") { HelpName = "MEMBER", Description = "The member that is the id; _id, id or path unless said." };
        var skip = new Option<string[]>("--skip") { HelpName = "MEMBER", Description = "A member that is left out; may be repeated." };
        var spans = new Option<bool>("--no-offsets") { Description = "Don't index where each term comes from: a smaller index, without highlights." };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("index", "Makes an index of texts, by their words and by their meaning.")
        {
            source, index, model, from, to, id, skip, spans, json,
        };
        command.AddCheck(result =>
        {
            string[] names = result.GetValue(from) ?? [];
            if (names.Distinct(StringComparer.Ordinal).Count() < names.Length) result.AddError("--from names a field twice.");
            if (result.GetValue(to) is { } field && (field == ImportRequest.IdField || names.Contains(field, StringComparer.Ordinal)))
                result.AddError($"--to is another name than '{ImportRequest.IdField}' and those of --from.");
        });
        command.SetAction((parsed, cancellation) =>
        {
            var request = new IndexRequest(parsed.GetRequiredValue(source), parsed.GetRequiredValue(index),
                parsed.GetRequiredValue(model), parsed.GetRequiredValue(to))
            {
                From = parsed.GetValue(from) ?? [], Id = parsed.GetValue(id), Skipped = parsed.GetValue(skip) ?? [],
                Format = ImpactFormat.Default with { Offsets = !parsed.GetValue(spans) },
            };
            IImportReport report = parsed.GetValue(json)
                ? new ImportJson(console.Out.Profile.Out.Writer) : new ImportText(console, "Indexing");
            return Task.Run(() => ImportCommand.RunAsync(new IndexSession(request, load, report).RunAsync, report, cancellation), CancellationToken.None);
        });
        return command;
    }
}
