using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SpladeLucene.Tool;

/// <summary>The usual help, and below it what a command has to say about itself.</summary>
internal sealed class HelpWithNotes(SynchronousCommandLineAction usual, Command command, string notes)
    : SynchronousCommandLineAction
{
    /// <summary>The option that shows it; the notes stand below the help of the command alone.</summary>
    public static HelpOption Option(Command command, string notes)
    {
        var option = new HelpOption { Description = "Show this." };
        option.Action = new HelpWithNotes((SynchronousCommandLineAction)option.Action!, command, notes);
        return option;
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command == command) parseResult.InvocationConfiguration.Output.WriteLine(notes);
        return exitCode;
    }
}
