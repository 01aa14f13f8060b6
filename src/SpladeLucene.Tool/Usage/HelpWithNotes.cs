using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SpladeLucene.Tool.Usage;

/// <summary>The usual help, and below it what a command has to say about itself.</summary>
internal sealed class HelpWithNotes(SynchronousCommandLineAction usual, IReadOnlyList<(Command Command, string Notes)> all)
    : SynchronousCommandLineAction
{
    /// <summary>Has the help of these commands say more; that of others stays as it is.</summary>
    public static void AddTo(RootCommand root, params IReadOnlyList<(Command Command, string Notes)> all)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        // Folders may be called so.
        foreach (string alias in new[] { "/h", "/?" }) help.Aliases.Remove(alias);
        help.Action = new HelpWithNotes((SynchronousCommandLineAction)help.Action!, all);
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
