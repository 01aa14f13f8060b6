using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests.Completing;

/// <summary>What a shell completes, by the script that it is given.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The real script in the real shell, which asks the real tool.</summary>
    [UnixFact]
    public async Task Bash_WordsThatAreBegun_AreCompleted()
    {
        using var index = new LegacySource("a dog");
        string script = _folder.Write("completes.sh", $$"""
            splade() { dotnet "{{Path.Combine(AppContext.BaseDirectory, "splade.dll")}}" "$@"; }
            source <(splade completion bash)
            completes() {
                COMP_LINE="$1" COMP_POINT=${#1}
                read -ra COMP_WORDS <<< "$1"
                [[ "$1" == *" " ]] && COMP_WORDS+=("")
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _splade
                echo "${COMPREPLY[*]}"
            }
            complete -p splade
            completes "splade se"
            completes "splade search x y --m"
            completes "splade search x y --model "
            completes "splade export x --format open"
            completes "splade export {{index.Path}} --with b"
            completes "splade search {{index.Path}} y --words b"
            completes "splade model "
            completes "splade inspect "
            """);

        string[] said = (await Programs.RunAsync("bash", script)).Split('\n');

        Assert.Equal("complete -o default -F _splade splade", said[0]);
        Assert.Equal(["search", "--model", "splade-tiny-en", "opensearch", "body", "body", "fuse inspect", "", ""], said[1..]);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _splade splade")]
    [InlineData("zsh", "compdef _splade splade")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName splade")]
    [InlineData("fish", "complete -c splade")]
    public async Task Completion_EachShell_HasAScriptThatRegistersItself(string shell, string registers)
    {
        ToolRun run = await ToolRun.Of("completion", shell);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains(registers, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', run.Output);
    }

    [Theory]
    [InlineData("splade search x y --model=splade-t", "splade-tiny-en")]
    [InlineData("splade export x --format=elas", "elasticsearch")]
    [InlineData("splade search a=b y --tabl", "--table")]
    public async Task Suggest_OptionWithItsValueInOneWord_IsCompleted(string line, string word)
    {
        ToolRun run = await ToolRun.Of($"[suggest:{line.Length}]", line);

        Assert.Equal((0, word), (run.ExitCode, run.Output.Trim()));
    }

    [Theory]
    [InlineData("[suggest:x]")]
    [InlineData("[suggest:-1]")]
    [InlineData("[suggest:99999999999]")]
    public async Task Suggest_NoPosition_IsRefused(string directive)
    {
        ToolRun run = await ToolRun.Of(directive, "splade se");

        Assert.Equal((2, "", "Words are completed by [suggest:POSITION] and a line, as the scripts of 'splade completion' ask for them."),
            (run.ExitCode, run.Output, run.Errors.Trim()));
    }

    [ProgramsFact("fish")]
    public async Task Fish_WordsThatAreBegun_AreCompleted()
    {
        string script = _folder.Write("completes.fish", $"""
            function splade; dotnet "{Path.Combine(AppContext.BaseDirectory, "splade.dll")}" $argv; end
            splade completion fish | source
            for line in "splade calib" "splade search x 'my dog' --mod" "splade search x y --model=splade-t" "cd /; splade model fu" "A=b splade compa"
                complete -C $line
            end
            """);

        string[] said = (await Programs.RunAsync("fish", script)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["calibrate", "--model", "--model=splade-tiny-en", "fuse", "compare"], said.Select(line => line.Split('\t')[0]));
    }

    // What the shell itself does with the words is left to it: its functions say what they are told.
    [ProgramsFact("zsh")]
    public async Task Zsh_WordsThatAreBegun_AreCompleted()
    {
        string script = _folder.Write("completes.zsh", $$"""
            splade() { dotnet "{{Path.Combine(AppContext.BaseDirectory, "splade.dll")}}" "$@" }
            compdef() { print "$@" }
            compset() { PREFIX="${PREFIX#*=}" }
            compadd() { shift; print -r -- ${(M)@:#$PREFIX*} }
            _files() { print files }
            source <(splade completion zsh)
            completes() { words=(splade "$@"); CURRENT=${#words}; PREFIX="${words[-1]}"; _splade }
            completes calib
            completes search x "'my dog'" --mod
            completes search x y --model ""
            completes search x y --model=splade-t
            completes model ""
            completes inspect ""
            """);

        string[] said = (await Programs.RunAsync("zsh", script)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["_splade splade", "calibrate", "--model", "splade-tiny-en", "splade-tiny-en", "fuse inspect", "files"], said);
    }

    [ProgramsFact("pwsh")]
    public async Task PowerShell_WordsThatAreBegun_AreCompleted()
    {
        string program = _folder.Write("splade", $"""
            #!/bin/sh
            exec dotnet '{Path.Combine(AppContext.BaseDirectory, "splade.dll")}' "$@"
            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string script = _folder.Write("completes.ps1", $$"""
            $env:PATH = '{{_folder.Root}}:' + $env:PATH
            splade completion pwsh | Out-String | Invoke-Expression
            foreach ($line in 'splade calib', "splade search x 'my dog' --mod", 'splade search x y --model ', 'splade search x y --model=splade-t', 'cd /; splade model fu') {
                $found = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
                ($found.CompletionMatches | ForEach-Object { $_.CompletionText }) -join ' '
            }
            """);

        string[] said = (await Programs.RunAsync("pwsh", "-NoProfile", script)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["calibrate", "--model", "splade-tiny-en", "--model=splade-tiny-en", "fuse"], said);
    }

    [Fact]
    public async Task Completion_OtherShell_IsRefused()
    {
        ToolRun run = await ToolRun.Of("completion", "cmd");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("SHELL is one of bash, zsh, pwsh, fish, not 'cmd'.", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
