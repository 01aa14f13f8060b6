using Spectre.Console;

namespace SpladeLucene.Tool.Progress;

/// <summary>
/// Spectre.Console's bar, which lasts as long as a task does, as something that is reported to. It is drawn when it is
/// reported to and at no other time, so that nothing that is timed meets it. Not thread-safe.
/// </summary>
internal sealed class ProgressBar : IDisposable
{
    private readonly TaskCompletionSource _ended = new();
    private readonly Task _shown;
    private ProgressContext? _context;
    private ProgressTask? _task;

    public ProgressBar(IAnsiConsole console, string text) => _shown = console.Progress().AutoClear(true).AutoRefresh(false)
        .Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .StartAsync(context =>
        {
            _context = context;
            _task = context.AddTask(Markup.Escape(text));
            return _ended.Task;
        });

    public void Show(string text, long done, long total)
    {
        if (_task is not { } task) return;
        task.MaxValue = Math.Max(1, total);
        task.Value = done;
        task.Description = Markup.Escape(text);
        _context!.Refresh();
    }

    public void Dispose()
    {
        _ended.SetResult();
        _shown.GetAwaiter().GetResult();
    }
}
