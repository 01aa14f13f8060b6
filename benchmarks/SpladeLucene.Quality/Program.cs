// Measures a model's ranking beside BM25 and beside itself without expansions, and writes the tables.
using System.CommandLine;
using SpladeLucene.Benchmarks.Shared;
using SpladeLucene.Onnx;
using SpladeLucene.Quality;

string home = AppContext.BaseDirectory;
var data = new Option<string?>("--data")
{
    Description = "A folder with collections/scifact and collections/cranfield. Default: SPLADE_TEST_DATA, if set.",
    DefaultValueFactory = _ =>
        Environment.GetEnvironmentVariable("SPLADE_TEST_DATA") is { Length: > 0 } set ? set : null,
};
var model = new Option<string>("--model")
{
    Description = "The model's folder.",
    DefaultValueFactory = _ => Path.Combine(home, "models", "splade-tiny-en"),
};
var output = new Option<string>("--output")
{
    Description = "The file that is written.",
    DefaultValueFactory = _ => Path.Combine("benchmarks", "results", "quality.md"),
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

var weight = new Option<double>("--weight")
{
    Description = "SPLADE's weight, 0 to 1, in the sum with BM25.",
    DefaultValueFactory = _ => Fusion.DefaultWeight,
};
weight.Validators.Add(given =>
{
    if (given.GetValueOrDefault<double>() is not (>= 0 and <= 1)) given.AddError("--weight is a number from 0 to 1.");
});

var root = new RootCommand("Retrieval quality of a SPLADE model.") { data, model, collection, output, weight, tune, tuneOn };
return await CommandRunner.RunAsync(root, args, RunAsync, problem => problem is ModelLoadException);

async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
{
    string own = parsed.GetRequiredValue(collection), folder = parsed.GetRequiredValue(model);
    await (parsed.GetValue(tune)
        ? Tuning.RunAsync(folder, own, parsed.GetValue(tuneOn) ?? [], cancellation)
        : Benchmark.RunAsync(folder, own, parsed.GetValue(data), parsed.GetRequiredValue(output),
            parsed.GetValue(weight), cancellation));
    return 0;
}
