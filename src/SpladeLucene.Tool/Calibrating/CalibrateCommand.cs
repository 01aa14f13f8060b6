using System.CommandLine;
using SpladeLucene.Tool.Usage;

namespace SpladeLucene.Tool.Calibrating;

/// <summary>The words of <c>splade calibrate</c>.</summary>
internal static class CalibrateCommand
{
    /// <summary>What stands below the help.</summary>
    public const string Notes = """
        A COLLECTION is a folder with corpus.jsonl, queries.jsonl or queries.tsv, and qrels/test.tsv (BEIR) or qrels.txt
        (TREC), each perhaps with .gz. R@100 counts in collections of 1,000 documents or more. Choose on queries that nothing
        is reported on. What is found belongs into the model's splade.json: it is part of no fingerprint, so that nothing has
        to be indexed again.

        Example: splade calibrate my-collection --only split=dev --model splade-tiny-en

        """;

    private const double UsualNdcg = 0.003, UsualRecall = 0.005, UsualPage = 0.02;

    public static Command Create(ToolConsole console, Func<string, ISparseEncoder> load)
    {
        var collections = new Argument<string[]>("COLLECTION")
        {
            Arity = ArgumentArity.OneOrMore, Description = "Folders of documents with judged queries.",
        };
        Option<string> model = SharedOptions.Model();
        var only = new Option<string[]>("--only")
        {
            HelpName = "KEY=VALUE", Description = "Only queries whose metadata say so, in collections whose metadata have the key.",
        };
        only.Validators.Add(result =>
        {
            foreach (string word in result.Tokens.Select(token => token.Value).Where(word => word.IndexOf('=') < 1))
                result.AddError($"--only is KEY=VALUE, not '{word}'.");
        });
        Option<double?> ndcg = Loss("--ndcg-loss", "nDCG@10", UsualNdcg), recall = Loss("--recall-loss", "R@100", UsualRecall),
            page = Loss("--page-loss", "R@20", UsualPage);
        Option<bool> json = SharedOptions.Json();
        var command = new Command("calibrate", "Finds the floor that costs a model's queries next to nothing and the weight that suits it beside BM25, on judged queries.")
        {
            collections, model, only, ndcg, recall, page, json,
        };
        command.SetAction((parsed, cancellation) => Ladder.RunAsync(console, () =>
        {
            (string Key, string Value)[] wanted = [.. (parsed.GetValue(only) ?? []).Select(Pair)];
            CalibrationWriter writer = parsed.GetValue(json) ? CalibrationWriter.Json(console) : CalibrationWriter.Text(console);
            var session = new CalibrationSession(console, writer, parsed.GetValue(ndcg) ?? UsualNdcg, parsed.GetValue(recall) ?? UsualRecall,
                parsed.GetValue(page) ?? UsualPage)
            {
                NeedsLargeOne = parsed.GetValue(recall) is not null,
            };
            return session.RunAsync(
                parsed.GetRequiredValue(collections), wanted, () => load(parsed.GetRequiredValue(model)), cancellation);
        }));
        return command;
    }

    private static Option<double?> Loss(string name, string measure, double usual) => NumberOption.Create(name, "LOSS", "a number from 0 to 1",
        0.0, 1, FormattableString.Invariant($"How much {measure} a floor may cost on each collection; {usual} unless said."));

    private static (string Key, string Value) Pair(string word) =>
        (word[..word.IndexOf('=')], word[(word.IndexOf('=') + 1)..]);
}
