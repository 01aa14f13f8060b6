using System.CommandLine;
using SpladeLucene.Tool.Completing;
using SpladeLucene.Tool.Evaluating;
using SpladeLucene.Tool.Usage;

namespace SpladeLucene.Tool.Comparing;

/// <summary>The words of <c>splade compare</c>.</summary>
internal static class CompareCommand
{
    /// <summary>What stands below the help.</summary>
    public const string Notes = """
        QUERIES is a file (queries.jsonl, or .tsv of id, tab, query) or a collection's folder, whose judgements count unless
        --qrels names others. Each query is asked by words (BM25 over the standard analyzer), by meaning, and fused. The report is
        one HTML file that needs nothing beside it: what each is worth, what moved, and the first hits of each query, of the 300
        whose rankings differ most where there are more. Of equal scores the greater id comes first, as in TREC's runs. Without
        judgements it shows where the rankings differ most.

        Example: splade compare my-index queries.tsv --field splade --words title --words body --qrels qrels.txt \
            --model splade-tiny-en --to report.html

        """;

    public static Command Create(ToolConsole console, Func<string, ISparseEncoder> load)
    {
        var index = new Argument<string>("INDEX") { Description = "A folder with a Lucene.NET index; it is only read." };
        var queries = new Argument<string>("QUERIES") { Description = "A file of queries, or a collection's folder." };
        Option<string> field = SharedOptions.Field(), model = SharedOptions.Model();
        Option<string[]> words = SharedOptions.Words(), from = SharedOptions.From();
        words.Required = true;
        var qrels = new Option<string?>("--qrels") { HelpName = "FILE", Description = "Judgements, in TREC's or BEIR's form." };
        var id = new Option<string>("--id") { HelpName = "FIELD", DefaultValueFactory = _ => "id", Description = "The stored field that judgements know documents by." };
        var show = new Option<string?>("--show") { HelpName = "FIELD", Description = "The stored field that is shown of a hit; the first with a text unless said." };
        var to = new Option<string>("--to") { HelpName = "FILE", DefaultValueFactory = _ => "compare.html", Description = "The report; a file that is there is replaced." };
        var runs = new Option<string?>("--runs") { HelpName = "FOLDER", Description = "Write the rankings there too, as TREC runs for 'splade eval'." };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("compare", "Asks queries by words and by meaning, and reports what each brings.")
        {
            index, queries, field, words, from, model, qrels, id, show, to, runs, json,
        };
        FieldNames.Complete(index, field, words, from, id, show);
        command.SetAction((parsed, cancellation) => Ladder.RunAsync(console, () =>
        {
            var request = new CompareRequest(parsed.GetRequiredValue(index), parsed.GetRequiredValue(queries),
                parsed.GetRequiredValue(field), parsed.GetRequiredValue(words), parsed.GetRequiredValue(model))
            {
                From = parsed.GetValue(from) ?? [], Qrels = parsed.GetValue(qrels), Id = parsed.GetRequiredValue(id),
                Show = parsed.GetValue(show), Report = parsed.GetRequiredValue(to), Runs = parsed.GetValue(runs),
            };
            EvalWriter writer = parsed.GetValue(json) ? EvalWriter.Json(console) : EvalWriter.Text(console);
            return Task.Run(() => new CompareSession(request, console, writer).Run(() => load(request.Model), cancellation), CancellationToken.None);
        }));
        return command;
    }
}
