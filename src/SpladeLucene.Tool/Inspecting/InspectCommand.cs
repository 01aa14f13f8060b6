using System.CommandLine;
using System.Text.Json.Nodes;
using SpladeLucene.Onnx;
using SpladeLucene.Tool.Usage;

namespace SpladeLucene.Tool.Inspecting;

/// <summary>The words of <c>splade model inspect</c>.</summary>
internal static class InspectCommand
{
    /// <summary>What stands below the help.</summary>
    public const string Notes = """
        Says which tokenizer, head, length and query side a model's folder has, and whether it loads; if not, why, and what
        would help.

        Exit codes: 0 it loads, 2 it doesn't.

        Example: splade model inspect my-model

        """;

    public static Command Create(ToolConsole console)
    {
        var model = new Argument<string>("MODEL")
        {
            Description = $"A model's folder, or a model that comes along ({string.Join(", ", CarriedModels.Names)}).",
        };
        Option<string> graph = SharedOptions.Graph();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("inspect", "Says what a model's folder holds, and what keeps it from loading.") { model, graph, json };
        command.SetAction((parsed, _) => Ladder.RunAsync((kind, sentence) => console.Ended(kind, sentence), () =>
        {
            ModelReport report = ModelReport.Of(CarriedModels.FolderOf(parsed.GetRequiredValue(model)),
                new OnnxSparseEncoderOptions { ModelFile = parsed.GetRequiredValue(graph) });
            if (parsed.GetValue(json)) console.WriteObject(Json(report));
            else console.Out.Profile.Out.Writer.WriteLine(report);
            return Task.FromResult(report.Problem is null ? ExitCode.Done : ExitCode.Refused);
        }));
        return command;
    }

    private static JsonObject Json(ModelReport report) => new()
    {
        ["type"] = "model", ["folder"] = report.Folder, ["loads"] = report.Problem is null, ["problem"] = report.Problem,
        ["facts"] = new JsonArray([.. report.Facts.Select(fact => new JsonObject { ["name"] = fact.Name, ["value"] = fact.Value })]),
    };
}
