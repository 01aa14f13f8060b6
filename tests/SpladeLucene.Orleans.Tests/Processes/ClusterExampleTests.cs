using System.Diagnostics;

namespace SpladeLucene.Tests.Clusters.Processes;

/// <summary>The example's silos, which are processes that are killed.</summary>
[Trait("Category", "Large")]
public sealed class ClusterExampleTests
{
    private static string? Kills => Environment.GetEnvironmentVariable("SPLADE_CLUSTER_KILLS");

    [Fact]
    public async Task Example_SearchesOnWhenSilosAreKilled_AndSaysWhatIsMissing()
    {
        string output = await RunAsync();
        string[] answers = [.. output.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line.Contains(": ", StringComparison.Ordinal))];

        Assert.Equal(5, answers.Length);
        Assert.All(answers[..4], answer => Assert.EndsWith(": complete", answer.TrimEnd(), StringComparison.Ordinal));
        Assert.Matches("without shards [012]\\s*$", answers[4]);
        Assert.Contains("Soaring", output, StringComparison.Ordinal);
    }

    [KillsFact]
    public async Task Silos_KilledDuringWritesAndSearches_LoseNothing()
    {
        string output = await RunAsync("--kills", Kills!);

        Assert.Contains("at the end 0 lost, 0 doubled", output, StringComparison.Ordinal);
        Assert.Contains(", 0 wrong;", output, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Cluster.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await errors);
        return output;
    }

    // Half a minute a kill on a busy machine.
    private sealed class KillsFactAttribute : FactAttribute
    {
        public KillsFactAttribute()
        {
            if (Kills is null) Skip = "SPLADE_CLUSTER_KILLS says how many silos are killed; it isn't set.";
        }
    }
}
