using System.CommandLine;
using SpladeLucene.Evaluation;
using SpladeLucene.Tool.Usage;

namespace SpladeLucene.Tool.Evaluating;

/// <summary>The words of <c>splade eval</c>.</summary>
internal static class EvalCommand
{
    /// <summary>What stands below the help.</summary>
    public const string Notes = """
        QRELS is a file of judgements (TREC's or BEIR's form) or a collection's folder; a RUN has TREC's form, 'query Q0
        document rank score tag', each perhaps with .gz. Measures are trec_eval's, by their usual names or by its own: nDCG@10
        or ndcg_cut_10, MRR, MRR@10, MAP, R@100, P@10, at any depth. As there, scores rank and not the ranks, of equal scores
        the greater id comes first, and a query that a run lacks is left out unless --complete is said. Further runs are
        compared with the first over the queries that both have: the difference, its 95 % interval (bootstrap), and the p of
        a paired randomization test.

        Example: splade eval qrels.txt bm25.run splade.run --measure nDCG@10 --measure R@100

        """;

    private static readonly string[] Usual = ["nDCG@10", "MRR@10", "MAP", "R@100", "P@10"];

    public static Command Create(ToolConsole console)
    {
        var qrels = new Argument<string>("QRELS") { Description = "Judgements, or a folder that has them." };
        var runs = new Argument<string[]>("RUN") { Arity = ArgumentArity.OneOrMore, Description = "Runs, the one to compare with first." };
        var measures = new Option<Measure[]>("--measure")
        {
            HelpName = "MEASURE", Description = $"May be repeated; unless said {string.Join(", ", Usual)}.",
            CustomParser = result => [.. result.Tokens.Select(token => Parsed(token.Value, result.AddError)).OfType<Measure>().Distinct()],
        };
        var perQuery = new Option<bool>("--per-query") { Description = "Say each query's values too." };
        var complete = new Option<bool>("--complete") { Description = "Count a judged query that a run lacks as 0." };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("eval", "Measures runs by relevance judgements, as trec_eval does, and compares them.")
        {
            qrels, runs, measures, perQuery, complete, json,
        };
        command.SetAction((parsed, cancellation) => Ladder.RunAsync(console, () => Task.Run(() =>
        {
            Measure[] wanted = parsed.GetValue(measures) is { Length: > 0 } said ? said : [.. Usual.Select(Measure.Parse)];
            EvalWriter writer = parsed.GetValue(json) ? EvalWriter.Json(console) : EvalWriter.Text(console);
            new EvalSession(console, wanted, parsed.GetValue(complete), parsed.GetValue(perQuery), writer)
                .Run(parsed.GetRequiredValue(qrels), parsed.GetRequiredValue(runs), cancellation);
        }, CancellationToken.None)));
        return command;
    }

    private static Measure? Parsed(string text, Action<string> addError)
    {
        try
        {
            return Measure.Parse(text);
        }
        catch (FormatException bad)
        {
            addError(bad.Message);
            return null;
        }
    }
}
