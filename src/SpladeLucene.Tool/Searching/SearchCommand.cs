using System.CommandLine;
using SpladeLucene.Onnx;
using SpladeLucene.Tool.Completing;
using SpladeLucene.Tool.Usage;

namespace SpladeLucene.Tool.Searching;

/// <summary>The words of <c>splade search</c>.</summary>
internal static class SearchCommand
{
    /// <summary>What stands below the help.</summary>
    public const string Notes = """
        Without --words the SPLADE field alone is searched; with it both, fused as a HybridSearcher does, the words by BM25
        over the standard analyzer. The model must be the one that the field was made with; a table, which says what each token
        of a query weighs whatever stands beside it, must go with it, as nobody can check that.

        Example: splade search new-index "my dog is ill" --field body_splade --words body --model splade-tiny-en \
            --from title --from body --explain

        """;

    private const int Usual = 10;

    public static Command Create(ToolConsole console, Func<string, ISparseEncoder> load)
    {
        var index = new Argument<string>("INDEX") { Description = "A folder with a Lucene.NET index; it is only read." };
        var text = new Argument<string>("QUERY") { Description = "What is looked for." };
        Option<string> field = SharedOptions.Field();
        Option<string[]> words = SharedOptions.Words(), from = SharedOptions.From();
        var show = new Option<string[]>("--show")
        {
            HelpName = "FIELD", Description = "A stored field that is shown; may be repeated. All of them unless said.",
        };
        Option<int?> count = NumberOption.Create("-n", "COUNT", "a whole number from 1 on", 1, int.MaxValue, $"How many hits; {Usual} unless said.");
        var explain = new Option<bool>("--explain") { Description = "Say which words made each hit match." };
        Option<string> model = SharedOptions.Model();
        model.Required = false;
        var table = new Option<string>("--table")
        {
            HelpName = "FOLDER", Description = "In the place of a model: a folder with a tokenizer and idf.json.",
        };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("search", "Searches a SPLADE field, alone or fused with words.")
        {
            index, text, field, from, words, model, table, show, count, explain, json,
        };
        FieldNames.Complete(index, field, from, words, show);
        command.AddCheck(result =>
        {
            if (result.GetValue(model) is null == result.GetValue(table) is null)
                result.AddError("Either --model or --table says what a query weighs.");
            if (result.GetValue(from) is { Length: > 0 } && !result.GetValue(explain)) result.AddError("--from goes with --explain.");
        });
        command.SetAction((parsed, cancellation) => Ladder.RunAsync(console, () => Task.Run(() =>
        {
            var session = new SearchSession(parsed.GetRequiredValue(field), parsed.GetValue(from) ?? [], parsed.GetValue(words) ?? [],
                parsed.GetValue(show) ?? [], parsed.GetValue(count) ?? Usual, parsed.GetValue(explain));
            HitWriter writer = parsed.GetValue(json) ? HitWriter.Json(console) : HitWriter.Text(console);
            session.Run(parsed.GetRequiredValue(index), parsed.GetRequiredValue(text),
                opened => parsed.GetValue(table) is { } folder
                    ? InferenceFreeQueryEncoder.LoadTable(folder, opened.ModelOf(parsed.GetRequiredValue(field)))
                    : load(parsed.GetRequiredValue(model)), writer, cancellation);
        }, CancellationToken.None)));
        return command;
    }
}
