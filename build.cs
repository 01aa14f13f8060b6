#:property PublishAot=false
#:property Nullable=enable
// The one entry point: dotnet run build.cs COMMAND. See Usage below.
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

const string Usage = """
    usage: dotnet run build.cs COMMAND [--stand-ins | --published] [arguments]

      demo [--collection DIR] [--query "..."]   index a collection, search it with BM25 and SPLADE side by side
      test                                      build everything and run all tests
      example NAME [arguments]                  run an example of examples/
      splade [arguments]                        run the splade tool from its sources
      bench quality [--data DIR]                measure the model's ranking beside BM25; writes benchmarks/results
      bench search [--documents N]              race exact top-k against Lucene.NET and other engines
      pack                                      make the NuGet packages (published packages only)

    Without --stand-ins or --published the published packages are used where they can be restored.
    Arguments that dotnet itself would take (--help, -c, -f, -e) go behind a --:  dotnet run build.cs -- demo --help
    """;

// What `bench NAME` runs.
(string Name, string Project)[] benchmarks =
[
    ("quality", "benchmarks/SpladeLucene.Quality"), ("search", "benchmarks/SpladeLucene.Benchmarks"),
];

string root = Path.GetDirectoryName(ThisFile())!;
string[] rest = [.. args.Skip(1).Where(argument => argument is not ("--stand-ins" or "--published"))];
if (args.Length == 0 || args is ["--help" or "-h" or "help", ..]) return Say(Usage, args.Length == 0 ? 2 : 0);

switch (args[0])
{
    case "demo": return RunProject("examples/SideBySide", ChooseMode(), rest);
    case "example": return RunExample(rest);
    case "splade": return RunProject("src/SpladeLucene.Tool", ChooseMode(), rest);
    case "bench": return RunBenchmark(rest);
    case "test" when rest.Length == 0: return Test();
    case "pack" when rest.Length == 0: return Pack();
    default: return Say($"'{string.Join(' ', args)}' is not something to build.\n\n{Usage}", 2);
}

int RunExample(string[] arguments)
{
    string[] names = [.. Directory.GetDirectories(Path.Combine(root, "examples"))
        .Where(folder => Directory.GetFiles(folder, "*.csproj").Length > 0).Select(Path.GetFileName).Order()!];
    if (arguments.Length > 0 && names.Contains(arguments[0]))
        return RunProject($"examples/{arguments[0]}", ChooseMode(), arguments[1..]);
    return Say($"example NAME, where NAME is one of: {string.Join(", ", names)}", 2);
}

int RunBenchmark(string[] arguments)
{
    foreach ((string name, string project) in benchmarks)
    {
        if (arguments.Length > 0 && arguments[0] == name) return RunProject(project, ChooseMode(), arguments[1..]);
    }

    return Say($"bench NAME, where NAME is one of: {string.Join(", ", benchmarks.Select(one => one.Name))}", 2);
}

int RunProject(string project, Mode mode, string[] arguments)
{
    string[] build = ["build", project, "-c", "Release", "-v", "quiet", "-nologo", mode.Property];
    string? errors = ErrorsOf(build);
    if (errors is not null) return Say(errors, 1);
    return Dotnet(["run", "--project", project, "-c", "Release", "--no-build", mode.Property, "--", .. arguments]);
}

// CI tests both ways where it can; a person waits for one.
int Test()
{
    Mode chosen = ChooseMode();
    bool both = !chosen.StandIns && Environment.GetEnvironmentVariable("CI") == "true" && !args.Contains("--published");
    Mode[] modes = both ? [chosen, new Mode(StandIns: true)] : [chosen];
    TestCount[] counts = [.. modes.Select(TestOn)];
    foreach (string line in modes.Select(TestedOn)) Console.WriteLine(line);
    var total = new TestCount(counts.Sum(c => c.Passed), counts.Sum(c => c.Failed), counts.Sum(c => c.Skipped));
    Console.WriteLine(total);
    return total.Failed == 0 ? 0 : 1;
}

TestCount TestOn(Mode mode)
{
    string results = Path.Combine(root, "artifacts", mode.Folder, "test-results");
    if (Directory.Exists(results)) Directory.Delete(results, recursive: true);
    string[] projects = [.. Directory.GetFiles(Path.Combine(root, "tests"), "*.csproj", SearchOption.AllDirectories)
        .Where(project => Path.GetFileNameWithoutExtension(project) != mode.LeftOutTests).Order()];
    int broken = 0;
    foreach (string project in projects)
    {
        string log = $"trx;LogFileName={Path.GetFileNameWithoutExtension(project)}.trx";
        int exit = Dotnet(["test", project, "-c", "Release", "-nologo", "-v", "quiet", mode.Property,
            "--logger", log, "--logger", "console;verbosity=minimal", "--results-directory", results]);
        if (exit != 0) broken++;
    }

    return Count(results, broken, projects.Length);
}

TestCount Count(string results, int broken, int projects)
{
    string[] logs = Directory.Exists(results) ? Directory.GetFiles(results, "*.trx") : [];
    var count = new TestCount(0, 0, 0);
    foreach (string log in logs)
    {
        XElement counters = XDocument.Load(log).Descendants().Single(element => element.Name.LocalName == "Counters");
        int Number(string name) => (int)counters.Attribute(name)!;
        int failed = Number("executed") - Number("passed");
        count = new TestCount(
            count.Passed + Number("passed"), count.Failed + failed, count.Skipped + Number("total") - Number("executed"));
    }

    // A project that did not build, or died before its log was written, has not passed.
    int silent = Math.Max(projects - logs.Length, broken > 0 && count.Failed == 0 ? 1 : 0);
    return count with { Failed = count.Failed + silent };
}

string TestedOn(Mode mode) => $"Ran on the {mode.Name}; {mode.LeftOutTests} needs the "
    + $"{new Mode(!mode.StandIns).Name} and was left out.";

int Pack()
{
    Mode mode = ChooseMode();
    if (mode.StandIns) return Say("Packages are made only from the published packages, which cannot be restored here.", 1);
    return Directory.GetFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories).Order()
        .Select(project => Dotnet(["pack", project, "-c", "Release", "-nologo", mode.Property])).Max();
}

Mode ChooseMode()
{
    bool? asked = args.Contains("--stand-ins") ? true : args.Contains("--published") ? false : AskedByEnvironment();
    string? obstacle = asked is null ? WhyNotPublished() : null;
    var mode = new Mode(asked ?? obstacle is not null);
    string reason = obstacle is null ? "" : $": the published packages cannot be restored here ({obstacle})";
    string fetching = mode.StandIns && !Directory.Exists(Path.Combine(root, "artifacts", mode.Folder, "onnxruntime-node"))
        ? " This time it fetches ONNX Runtime's library through npm (97 MB)."
        : "";
    Console.Error.WriteLine($"Building on the {mode.Name}{reason}.{fetching}");
    return mode;
}

static bool? AskedByEnvironment() =>
    bool.TryParse(Environment.GetEnvironmentVariable("StandIns"), out bool asked) ? asked : null;

// One project that needs Lucene.NET, ONNX Runtime and the tokenizers tells for all.
string? WhyNotPublished()
{
    string published = new Mode(StandIns: false).Property;
    string? errors = ErrorsOf(["restore", "examples/SideBySide", "-v", "quiet", "-nologo", published]);
    if (errors is null) return null;
    string first = errors.Split('\n').FirstOrDefault(line => line.Contains("error NU")) ?? "error: restore failed";
    return first[first.IndexOf("error", StringComparison.Ordinal)..].Split('[')[0].Trim().TrimEnd('.');
}

// What a quiet command printed, if it failed.
string? ErrorsOf(string[] command)
{
    using Process process = Start(command, quiet: true);
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0 ? null : output;
}

int Dotnet(string[] command)
{
    using Process process = Start(command, quiet: false);
    process.WaitForExit();
    return process.ExitCode;
}

Process Start(string[] command, bool quiet)
{
    var start = new ProcessStartInfo("dotnet", command)
    {
        WorkingDirectory = root, UseShellExecute = false, RedirectStandardOutput = quiet,
    };
    // Ctrl-C reaches the child too; it decides how to end.
    Console.CancelKeyPress += static (_, pressed) => pressed.Cancel = true;
    return Process.Start(start)!;
}

static int Say(string text, int exitCode)
{
    (exitCode == 0 ? Console.Out : Console.Error).WriteLine(text);
    return exitCode;
}

static string ThisFile([CallerFilePath] string path = "") => path;

internal sealed record Mode(bool StandIns)
{
    public string Name => StandIns ? "stand-ins" : "published packages";
    public string Folder => StandIns ? "stand-ins" : "published";
    public string Property => $"-p:StandIns={(StandIns ? "true" : "false")}";
    public string LeftOutTests => StandIns ? "SpladeLucene.Published.Tests" : "SpladeLucene.StandIns.Tests";
}

internal sealed record TestCount(int Passed, int Failed, int Skipped)
{
    public override string ToString() =>
        $"{Passed} passed, {Failed} failed" + (Skipped > 0 ? $", {Skipped} skipped" : "");
}
