using System.Diagnostics;
using SpladeLucene;

namespace SideBySide;

/// <summary>One line on stderr that is written over; where stderr is a file, a line every ten seconds.</summary>
internal sealed class ConsoleProgress(string what) : IProgress<SpladeProgress>
{
    private static readonly TimeSpan Pause = Console.IsErrorRedirected ? TimeSpan.FromSeconds(10) : TimeSpan.FromSeconds(0.2);

    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();

    public void Report(SpladeProgress value)
    {
        bool last = value.Done == value.Total;
        if (!last && _sinceLast.Elapsed < Pause) return;
        _sinceLast.Restart();
        string line = $"{what}: {value}";
        if (Console.IsErrorRedirected) Console.Error.WriteLine(line);
        else Console.Error.Write($"\r{line,-70}{(last ? "\n" : "")}");
    }
}
