using System.CommandLine;
using static SpladeLucene.Benchmarks.BenchmarkOptions;

namespace SpladeLucene.Benchmarks.Web;

/// <summary>What <c>web</c> is asked for.</summary>
internal sealed record WebArguments(int Rate, int Seconds, int Writes, int Remembered, string Server, string Results);

/// <summary>The words of the command line <c>web</c>, and what they ask for.</summary>
internal sealed class WebCommand
{
    public const string Name = "web";

    private readonly Option<int> _rate = Number("--rate", 1, 1000, "Requests a second that are begun, whether those before are answered or not.");
    private readonly Option<int> _seconds = Number("--seconds", 1, 60, "How long, after as many seconds of warming up, 5 at most.");
    private readonly Option<int> _writes = Number("--writes", 0, 10, "How many of a hundred requests write a document.");
    private readonly Option<int> _remembered = Number("--remembered", 0, 0, "How many queries the server remembers with their vectors.");
    private readonly Option<string> _server = new("--server")
    {
        HelpName = "FILE", DefaultValueFactory = _ => WebServer.Built, Description = "WebSearch.dll, as it was built.",
    };
    private readonly Option<string> _results = Folder("--results", "benchmarks/results", "Where the table goes.");

    public WebCommand() => Root = new RootCommand(
        "Searches and updates examples/WebSearch over loopback at a steady rate: errors, times and memory.")
    {
        _rate, _seconds, _writes, _remembered, _server, _results,
    };

    public RootCommand Root { get; }

    /// <summary>What is asked for; the line must have no errors.</summary>
    public WebArguments ArgumentsOf(ParseResult parsed) => new(parsed.GetValue(_rate), parsed.GetValue(_seconds),
        Math.Min(100, parsed.GetValue(_writes)), parsed.GetValue(_remembered), parsed.GetRequiredValue(_server), parsed.GetRequiredValue(_results));
}
