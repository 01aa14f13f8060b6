using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using Spectre.Console;
using SpladeLucene.Tool.Completing;
using SpladeLucene.Tool.Exporting.Forms;
using SpladeLucene.Tool.Importing;
using SpladeLucene.Tool.Usage;

namespace SpladeLucene.Tool.Exporting;

/// <summary>The words of <c>splade export</c>.</summary>
internal static class ExportCommand
{
    /// <summary>What stands below the help.</summary>
    public const string Notes = """
        SOURCE is an index, whose live documents are written, or texts for a model to encode: a collection's folder (corpus.jsonl) or
        a file (.jsonl, .csv, .tsv), each perhaps with .gz. Engines get impacts, whole numbers from 1 to 255, and queries
        scaled so that a sum of products is the very score that it is here; --weights real has them as the model does.

        --queries writes queries instead, as they are to be asked: with the weights that terms have in the index, and the score that
        the model's floor asks for. They come from the file, or are the collection's own. In OpenSearch and Elasticsearch '.' in a
        term is '%2E' and '%' is '%25', in documents and queries alike.

        Exit codes: 0 done, 1 failed on the way, 2 refused, 130 stopped by Ctrl-C. But for 0, no file is left behind.

        Example: splade export my-index --format opensearch --with title --to bulk.jsonl.gz

        """;

    public static Command Create(ToolConsole console, Func<string, ISparseEncoder> load)
    {
        var source = new Argument<string>("SOURCE") { Description = "An index, or texts: a collection's folder, or a file." };
        var options = new ExportOptions();
        var command = new Command("export", "Writes vectors, and queries that go with them, for another engine.") { source };
        foreach (Option option in options.All) command.Add(option);
        FieldNames.Complete(source, options.OfFields);
        command.AddCheck(options.Check);
        command.SetAction((parsed, cancellation) => Ladder.RunAsync(console, () => Task.Run(async () =>
        {
            ExportRequest request = options.Request(parsed, parsed.GetRequiredValue(source));
            ExportResult result = await new ExportSession(request, console, load).RunAsync(cancellation).ConfigureAwait(false);
            if (parsed.GetValue(options.Json)) console.WriteObject(Line(request, result));
            else if (request.To is not null) Say(console, request, result);
        }, CancellationToken.None)));
        return command;
    }

    private static JsonObject Line(ExportRequest request, ExportResult result)
    {
        var line = new JsonObject
        {
            ["type"] = "result", ["file"] = request.To, ["vectors"] = result.Vectors, ["empty"] = result.Empty, ["terms"] = result.Terms,
            ["bytes"] = result.Bytes, ["weights"] = request.Weights == ExportWeights.Whole ? "whole" : "real", ["range"] = result.Range,
            ["elapsed"] = Math.Round(result.Elapsed.TotalSeconds, 3),
        };
        if (result.Weighing is { } queries) (line["idfExponent"], line["floorShare"], line["fusionWeight"]) = (queries.IdfExponent, queries.FloorShare, queries.FusionWeight);
        return line;
    }

    private static void Say(ToolConsole console, ExportRequest request, ExportResult result)
    {
        string what = request.AreQueries ? Amounts.Count(result.Vectors, "query", "queries") : Amounts.Count(result.Vectors, "document");
        console.Error.WriteLine($"{what} in {request.To}, in {Amounts.Time(result.Elapsed)}.");
        bool skips = request.AreQueries ? request.Format.SkipsEmptyQueries : request.Format.SkipsEmptyDocuments;
        if (result.Empty > 0) console.Error.WriteLine($"{Amounts.Count(result.Empty, "vector")} without a term{(skips ? $", which {request.Format.Name} doesn't take: left out" : "")}.");
    }
}
