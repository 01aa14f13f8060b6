using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using SpladeLucene.Tool.Reindexing;

namespace SpladeLucene.Tool.Importing;

/// <summary>What an import tells.</summary>
internal interface IImportReport
{
    /// <summary>So many documents are in, which stood in so many of all bytes.</summary>
    void Progress(long documents, long read, long bytes, TimeSpan elapsed);

    void Result(ImportResult result);

    /// <summary>It ended before; nothing is left behind.</summary>
    void Ended(string kind, string reason);
}

/// <summary>Tells it to a person.</summary>
/// <param name="console">The result goes to its results, all else to its complaints.</param>
/// <param name="doing">What is done, such as <c>Importing</c>.</param>
/// <param name="pause">The shortest time between two lines of progress where there is no terminal; null for 5 seconds.</param>
internal sealed class ImportText(ToolConsole console, string doing = "Importing", TimeSpan? pause = null) : IImportReport
{
    private readonly ProgressView _line = new(console.Error, pause);

    public void Progress(long documents, long read, long bytes, TimeSpan elapsed)
    {
        // Bytes say how much is left, and documents how fast it goes.
        TimeSpan? left = new SpladeProgress(read, bytes, elapsed).TimeLeft;
        double rate = new SpladeProgress(documents, null, elapsed).PerSecond;
        _line.Show(string.Create(CultureInfo.InvariantCulture,
            $"{doing}: {Amounts.Count(documents, "document")} ({100.0 * read / Math.Max(1, bytes):0} %), {rate:N0}/s")
            + (left is { } time ? $", {Amounts.Time(time)} left" : ""), read, bytes);
    }

    public void Result(ImportResult result)
    {
        _line.Clear();
        console.Out.WriteLine($"{Amounts.Count(result.Documents, "document")} in {result.Index}, in "
            + $"{Amounts.Time(TimeSpan.FromSeconds(result.Elapsed))}.");
        Say(result.EmptyVectors, "vector", "without a term that counts: no query finds it");
        Say(result.DroppedWeights, "weight", "too light to be an impact");
        Say(result.ClippedWeights, "weight", "clipped to the largest impact");
    }

    public void Ended(string kind, string reason)
    {
        _line.Clear();
        console.Error.WriteLine(reason);
    }

    private void Say(long count, string what, string how)
    {
        if (count > 0) console.Error.WriteLine($"{Amounts.Count(count, what)} {how}.");
    }
}

/// <summary>Tells it to a program: one JSON object a line, its kind in <c>type</c>.</summary>
internal sealed class ImportJson(TextWriter writer) : IImportReport
{
    // An apostrophe in a sentence stays one: no line ends up in a page.
    private static readonly ImportLines Lines = new(new JsonSerializerOptions(ImportLines.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private readonly Pace _pace = new(TimeSpan.FromSeconds(1));

    public void Progress(long documents, long read, long bytes, TimeSpan elapsed)
    {
        if (!_pace.IsDue(null)) return;
        var progress = new SpladeProgress(read, bytes, elapsed);
        Write(new ImportProgress(documents, read, bytes, JsonLine.Seconds(elapsed), JsonLine.Seconds(progress.TimeLeft)));
    }

    public void Result(ImportResult result) => Write(result);

    public void Ended(string kind, string reason) => Write(new ErrorLine(kind, [reason], Resumable: false));

    private void Write(JsonLine line)
    {
        writer.WriteLine(JsonSerializer.Serialize(line, line.GetType(), Lines));
        writer.Flush();
    }
}

/// <summary>How far an import has come.</summary>
internal sealed record ImportProgress(long Documents, long ReadBytes, long Bytes, double? Elapsed, double? Left)
    : JsonLine("progress");

/// <summary>What was imported; times in seconds.</summary>
internal sealed record ImportResult(
    string Index, long Documents, long EmptyVectors, long ClippedWeights, long DroppedWeights, double Elapsed)
    : JsonLine("result");

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ImportProgress))]
[JsonSerializable(typeof(ImportResult))]
[JsonSerializable(typeof(ErrorLine))]
internal sealed partial class ImportLines : JsonSerializerContext;
