using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using SpladeLucene.Onnx;
using SpladeLucene.Tool.Usage;

namespace SpladeLucene.Tool.Fusing;

/// <summary>The words of <c>splade model fuse</c>.</summary>
internal static class FuseCommand
{
    /// <summary>What stands below the help.</summary>
    public const string Notes = """
        The logits of a text are as many numbers as it has tokens, times the vocabulary: 512 MB where both are large. The copy
        makes those of a few tokens at a time. It is tried on sample texts, and kept if its weights are the model's own. To an
        index it is another model: documents and queries go through the same one. 'splade model inspect' says where it helps.

        Exit codes: 0 done, 1 failed on the way, 2 refused: the model, or what makes its logits, is none that can be fused.

        Example: splade model fuse my-model my-fused-model

        """;

    public static Command Create(ToolConsole console)
    {
        var model = new Argument<string>("MODEL") { Description = "A model's folder." };
        var target = new Argument<string>("OUT") { Description = "The folder of the copy." };
        Option<string> graph = SharedOptions.Graph();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("fuse", "Copies a model so that its graph pools inside, and needs less memory.") { model, target, graph, json };
        command.SetAction((parsed, _) => Ladder.RunAsync(console, () =>
        {
            string made = parsed.GetRequiredValue(target);
            if (Path.Exists(made)) throw new InvalidDataException($"'{made}' is there already.");
            var options = new OnnxSparseEncoderOptions { ModelFile = parsed.GetRequiredValue(graph) };
            FusedModel fused = ModelFuser.Fuse(CarriedModels.FolderOf(parsed.GetRequiredValue(model)), made, options);
            if (parsed.GetValue(json)) console.WriteObject(Json(made, fused));
            else console.Out.Profile.Out.Writer.WriteLine(Text(made, fused));
            return Task.CompletedTask;
        }));
        return command;
    }

    private static string Text(string made, FusedModel fused)
    {
        string agree = fused.LargestDifference == 0 ? "are the same"
            : $"agree to {fused.LargestDifference.ToString("0.#e-0", CultureInfo.InvariantCulture)}";
        return $"{made}: the weights of {Amounts.Count(fused.Samples, "sample text")} {agree}. Logits of "
            + $"{Amounts.Count(fused.TokensAtATime, "token")} at a time take "
            + $"{Amounts.Bytes((long)fused.TokensAtATime * fused.Width * sizeof(float))}.";
    }

    private static JsonObject Json(string made, FusedModel fused) => new JsonObject
    {
        ["type"] = "result", ["folder"] = made, ["samples"] = fused.Samples, ["largestDifference"] = fused.LargestDifference,
        ["tokensAtATime"] = fused.TokensAtATime, ["width"] = fused.Width,
    };
}
