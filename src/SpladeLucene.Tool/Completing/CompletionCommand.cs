using System.CommandLine;

namespace SpladeLucene.Tool.Completing;

/// <summary>The words of <c>splade completion</c>.</summary>
internal static class CompletionCommand
{
    /// <summary>What stands below the help.</summary>
    public const string Notes = """
        The script asks 'splade' itself, so that it knows commands, options, models and, once an index is named, its fields.
        bash: source <(splade completion bash) in ~/.bashrc; zsh likewise in ~/.zshrc, after compinit; pwsh: splade completion pwsh |
        Out-String | Invoke-Expression in $PROFILE; fish: splade completion fish | source in config.fish.

        Example: splade completion bash

        """;

    private static readonly string[] Shells = ["bash", "zsh", "pwsh", "fish"];

    public static Command Create(ToolConsole console)
    {
        var shell = new Argument<string>("SHELL") { Description = $"One of {string.Join(", ", Shells)}." };
        shell.CompletionSources.Add(Shells);
        shell.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { Length: > 0 } word }] && !Shells.Contains(word, StringComparer.Ordinal))
                result.AddError($"SHELL is one of {string.Join(", ", Shells)}, not '{word}'.");
        });
        var command = new Command("completion", "Prints a script that completes words of this command in a shell.") { shell };
        command.SetAction(parsed =>
        {
            console.Out.Profile.Out.Writer.Write(Script(parsed.GetRequiredValue(shell)));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Script(string shell)
    {
        using Stream script = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"SpladeLucene.Tool.Completing.completion.{shell}")!;
        using var reader = new StreamReader(script);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
