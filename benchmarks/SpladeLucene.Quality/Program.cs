// Measures models' rankings beside BM25 and beside themselves without expansions, and writes tables and pictures.
using System.CommandLine;
using System.CommandLine.Parsing;
using SpladeLucene.Benchmarks.Shared;
using SpladeLucene.Onnx;
using SpladeLucene.Quality;

string home = AppContext.BaseDirectory;
var data = new Option<string?>("--data")
{
    Description = "A collection in BEIR's or TREC's form, or a folder of them. Default: SPLADE_TEST_DATA, if set.",
    DefaultValueFactory = _ =>
        Environment.GetEnvironmentVariable("SPLADE_TEST_DATA") is { Length: > 0 } set ? set : null,
};
var model = new Option<string[]>("--model")
{
    Description = "A model's folder; may be repeated. Default: both that ship.",
    DefaultValueFactory = _ =>
        [Path.Combine(home, "models", "splade-tiny-en"), Path.Combine(home, "models", "splade-small-en")],
};
var output = new Option<string>("--output")
{
    Description = "The folder that quality-NAME.md and quality-NAME.svg of each model are written to.",
    DefaultValueFactory = _ => Path.Combine("benchmarks", "results"),
};
var unseen = new Option<string?>("--unseen")
{
    Description = "A collection or a folder of them that nothing was chosen on: measure these alone, "
        + "all models in one quality-unseen.md.",
};
var collection = new Option<string>("--collection")
{
    Description = "The folder of our own collection, whose queries have a kind and a split.",
    DefaultValueFactory = _ => Path.Combine(home, "collection"),
};
var tune = new Option<bool>("--tune")
{
    Description = "Try settings of windows, length and pruning on the development split instead, and write nothing.",
};
var tuneOn = new Option<string[]>("--tune-on") { Description = "Try them on this collection too; may be repeated." };

var root = new RootCommand("Retrieval quality of SPLADE models.") { data, unseen, model, collection, output, tune, tuneOn };
root.Validators.Add(RefuseWhatDoesNothing);
return await CommandRunner.RunAsync(root, args, RunAsync, problem => problem is ModelLoadException);

async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
{
    if (!parsed.GetValue(tune)) ModelUnderTest.RequireOtherNames(parsed.GetRequiredValue(model));
    if (parsed.GetValue(unseen) is { } sets)
    {
        await Unseen.RunAsync(parsed.GetRequiredValue(model), sets, parsed.GetRequiredValue(output), cancellation);
        return 0;
    }

    string own = parsed.GetRequiredValue(collection);
    foreach (string folder in parsed.GetRequiredValue(model))
    {
        await (parsed.GetValue(tune)
            ? Tuning.RunAsync(folder, own, parsed.GetValue(tuneOn) ?? [], cancellation)
            : Benchmark.RunAsync(folder, own, parsed.GetValue(data), parsed.GetRequiredValue(output), cancellation));
    }

    return 0;
}

void RefuseWhatDoesNothing(CommandResult line)
{
    bool IsGiven(Option option) => line.GetResult(option) is { Implicit: false };
    void Refuse(Option given, params Option[] others)
    {
        foreach (Option other in others.Where(IsGiven))
            line.AddError($"{other.Name} does nothing beside {given.Name}: leave one of them out.");
    }

    if (IsGiven(unseen)) Refuse(unseen, data, collection, tune, tuneOn);
    else if (line.GetValue(tune)) Refuse(tune, data, output);
    else if (IsGiven(tuneOn)) line.AddError($"{tuneOn.Name} goes with {tune.Name}.");
}
