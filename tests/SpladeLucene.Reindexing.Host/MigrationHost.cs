using System.Globalization;

namespace SpladeLucene.Reindexing.Host;

/// <summary>
/// The process that tests kill. It migrates, says <see cref="Ready"/> when it begins, and
/// ends with 0 when the target is complete.
/// </summary>
internal static class MigrationHost
{
    public const string Ready = "ready";

    public static readonly ReindexMapping Body = new("body", "body_splade");

    /// <summary>
    /// Small batches, so that a small index has many, and no sample: every text that is encoded counts.
    /// </summary>
    public static readonly ReindexOptions SmallBatches = new() { BatchTokens = 40, SampleTexts = 0 };

    private static readonly TimeSpan DelayOfAText = TimeSpan.FromMilliseconds(2);

    /// <summary>Migrates until the work is done.</summary>
    /// <param name="arguments">Source, target, and the file in which the encoder writes down what it encodes.</param>
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [var source, var target, var log])
        {
            await Console.Error.WriteLineAsync("usage: SOURCE TARGET LOG");
            return 2;
        }

        try
        {
            await RunAsync(source, target, log);
            return 0;
        }
        catch (Exception problem) when (problem is IOException or InvalidOperationException or ReindexDocumentException)
        {
            await Console.Error.WriteLineAsync(problem.ToString());
            return 1;
        }
    }

    private static async Task RunAsync(string source, string target, string log)
    {
        using var encoder = new RecordingEncoder(log, DelayOfAText);
        var reindexer = new SpladeReindexer(encoder, SmallBatches);
        Console.WriteLine(Ready);
        ReindexPlan plan = await reindexer.PlanAsync(source, target, [Body]);
        ReindexResult result = await reindexer.RunAsync(plan);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result}"));
    }
}
