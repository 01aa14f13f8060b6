using System.CommandLine;
using Spectre.Console;

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
        Option<double> ndcg = Loss("--ndcg-loss", "nDCG@10", 0.003), recall = Loss("--recall-loss", "R@100", 0.005),
            page = Loss("--page-loss", "R@20", 0.02);
        var command = new Command("calibrate", "Finds the floor that costs a model's queries nothing and the weight that suits it beside BM25, on judged queries.")
        {
            collections, model, only, ndcg, recall, page,
        };
        command.SetAction((parsed, cancellation) => Ladder.RunAsync(console, () =>
        {
            (string Key, string Value)[] wanted = [.. (parsed.GetValue(only) ?? []).Select(Pair)];
            var session = new CalibrationSession(console, parsed.GetValue(ndcg), parsed.GetValue(recall), parsed.GetValue(page));
            return session.RunAsync(
                parsed.GetRequiredValue(collections), wanted, () => load(parsed.GetRequiredValue(model)), cancellation);
        }));
        return command;
    }

    private static Option<double> Loss(string name, string measure, double usual)
    {
        var option = new Option<double>(name)
        {
            HelpName = "LOSS", DefaultValueFactory = _ => usual,
            Description = FormattableString.Invariant($"How much {measure} a floor may cost on each collection; {usual} unless said."),
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1)) result.AddError($"{name} is a number from 0 to 1.");
        });
        return option;
    }

    private static (string Key, string Value) Pair(string word) =>
        (word[..word.IndexOf('=')], word[(word.IndexOf('=') + 1)..]);
}
