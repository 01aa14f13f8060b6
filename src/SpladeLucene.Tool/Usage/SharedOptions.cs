using System.CommandLine;
using System.CommandLine.Completions;

namespace SpladeLucene.Tool.Usage;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    public const string JsonName = "--json";

    public static Option<string> Model() => new("--model")
    {
        HelpName = "MODEL", Required = true, CompletionSources = { _ => CarriedModels.Names.Select(name => new CompletionItem(name)) },
        Description = $"A model that comes along ({string.Join(", ", CarriedModels.Names)}), or a model's folder: model.onnx, and "
            + "tokenizer.json or vocab.txt.",
    };

    public static Option<string> Graph() => new("--graph")
    {
        HelpName = "FILE", DefaultValueFactory = _ => "model.onnx", Description = "The graph, where there are several.",
    };

    public static Option<string> Field() => new("--field") { HelpName = "FIELD", Required = true, Description = "The SPLADE field." };

    public static Option<string[]> Words() => new("--words")
    {
        HelpName = "FIELD", Description = "A field of words that is searched too; may be repeated.",
    };

    public static Option<string[]> From() => new("--from")
    {
        HelpName = "FIELD", Description = "A stored field that was encoded, for reasons to name its words; may be repeated, in that order.",
    };

    public static Option<bool> Json() => new(JsonName) { Description = "Write an object a line, for programs; what is wrong too." };
}
