using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SpladeLucene.Tool;

/// <summary>The usual help, and below it what a command has to say about itself.</summary>
internal sealed class HelpWithNotes(SynchronousCommandLineAction usual, IReadOnlyList<(Command Command, string Notes)> all)
    : SynchronousCommandLineAction
{
    /// <summary>The option that shows it; a command's notes stand below its own help alone.</summary>
    public static HelpOption Option(params IReadOnlyList<(Command Command, string Notes)> all)
    {
        var option = new HelpOption { Description = "Show this." };
        option.Action = new HelpWithNotes((SynchronousCommandLineAction)option.Action!, all);
        return option;
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = usual.Invoke(parseResult);
        foreach ((Command command, string notes) in all)
        {
            if (parseResult.CommandResult.Command == command) parseResult.InvocationConfiguration.Output.WriteLine(notes);
        }

        return exitCode;
    }
}
