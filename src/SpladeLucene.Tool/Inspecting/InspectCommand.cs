using System.CommandLine;
using Spectre.Console;
using SpladeLucene.Onnx;

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
        var command = new Command("inspect", "Says what a model's folder holds, and what keeps it from loading.") { model, graph };
        command.SetAction(parsed => Run(console, parsed.GetRequiredValue(model), parsed.GetRequiredValue(graph)));
        return command;
    }

    private static int Run(ToolConsole console, string model, string graph)
    {
        try
        {
            ModelReport report = ModelReport.Of(
                CarriedModels.FolderOf(model), new OnnxSparseEncoderOptions { ModelFile = graph });
            console.Out.Profile.Out.Writer.WriteLine(report);
            return report.Problem is null ? ExitCode.Done : ExitCode.Refused;
        }
        catch (ModelLoadException bad)
        {
            console.Error.WriteLine(bad.Message);
            return ExitCode.Refused;
        }
    }
}
