using System.CommandLine;
using System.Globalization;
using SpladeLucene.Benchmarks.Shared;
using SpladeLucene.Endurance.CatchingUp;
using SpladeLucene.Endurance.Killing;
using SpladeLucene.Endurance.Soaking;

namespace SpladeLucene.Endurance;

/// <summary>The command line: <c>soak</c>, <c>kill</c> or <c>catch-up</c>, with their options.</summary>
internal static class EnduranceCommand
{
    private const string Soaking = "soak", Killing = "kill", Catching = "catch-up";

    public static Task<int> RunAsync(string[] args) => args switch
    {
        [Soaking, .. var rest] => SoakAsync(rest),
        [Killing, .. var rest] => KillAsync(rest),
        [Catching, .. var rest] => CatchUpAsync(rest),
        _ => BadUsageAsync(),
    };

    private static async Task<int> BadUsageAsync()
    {
        await Console.Error.WriteLineAsync(
            $"usage: {Soaking} [--minutes 30] [--threads 8] [--seed 1] | {Killing} [--times 100] [--seed 1] | "
            + $"{Catching} [--documents 1000000] [--changes 6]");
        return CommandRunner.BadUsage;
    }

    private static Task<int> SoakAsync(string[] args)
    {
        Option<double> minutes = Of("--minutes", "How long.", 30.0);
        Option<int> threads = Of("--threads", "How many search at once.", 8), seed = Seed();
        var root = new RootCommand(
            "Searches in every way while the index changes, and compares each result with scoring everything.")
        {
            minutes, threads, seed,
        };
        return RunAsync(root, args, parsed => Count(Soak.Run(TimeSpan.FromMinutes(parsed.GetValue(minutes)),
            parsed.GetValue(threads), parsed.GetValue(seed), Console.WriteLine), "searches were right."));
    }

    private static Task<int> KillAsync(string[] args)
    {
        Option<int> times = Of("--times", "How often.", 100), seed = Seed();
        var root = new RootCommand("Kills a process that indexes and commits, again and again; no commit may be lost.")
        {
            times, seed,
        };
        return RunAsync(root, args, parsed => Count(
            KilledWriter.Kill(parsed.GetValue(times), parsed.GetValue(seed)), "documents were committed, and none was lost."));
    }

    private static Task<int> CatchUpAsync(string[] args)
    {
        Option<int> documents = Of("--documents", "How many there are.", 1_000_000), changes = Of("--changes", "How many change.", 6);
        var root = new RootCommand("Measures what catching up costs beside writing the whole index, and what the plans said.")
        {
            documents, changes,
        };
        return CommandRunner.RunAsync(root, args, async (parsed, _) =>
        {
            double share = await new CatchUp(parsed.GetValue(documents), parsed.GetValue(changes), Console.WriteLine).RunAsync();
            return share < CatchUp.Share ? 0 : 1;
        }, problem => problem is EnduranceException);
    }

    private static Task<int> RunAsync(RootCommand root, string[] args, Func<ParseResult, string> run) =>
        CommandRunner.RunAsync(root, args, (parsed, _) =>
        {
            Console.WriteLine(run(parsed));
            return Task.FromResult(0);
        }, problem => problem is EnduranceException or AggregateException);

    private static Option<int> Seed() => Of("--seed", "Another number makes other choices.", 1);

    private static Option<T> Of<T>(string name, string description, T usual) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual };

    private static string Count(long number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {what}");
}
