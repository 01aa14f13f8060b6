using Spectre.Console;
using SpladeLucene;

namespace SideBySide;

/// <summary>A bar with rate and time left while work lasts, and a line that stays when it is done.</summary>
internal static class ConsoleProgress
{
    public static async Task<T> RunAsync<T>(
        IAnsiConsole console, string what, Func<IProgress<SpladeProgress>, Task<T>> work)
    {
        var shown = new Shown(what);
        T result = await console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context =>
            {
                shown.Task = context.AddTask(what);
                return work(shown);
            }).ConfigureAwait(false);
        console.WriteLine(shown.Line);
        return result;
    }

    private sealed class Shown(string what) : IProgress<SpladeProgress>
    {
        public ProgressTask? Task { get; set; }

        public string Line { get; private set; } = "";

        public void Report(SpladeProgress value)
        {
            Line = $"{what}: {value}";
            Task!.MaxValue = Math.Max(1, value.Total ?? value.Done);
            Task.Value = value.Done;
            Task.Description = Markup.Escape(Line);
        }
    }
}
