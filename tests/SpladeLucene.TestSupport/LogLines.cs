using Microsoft.Extensions.Logging;

namespace SpladeLucene.TestSupport;

/// <summary>Keeps what is logged.</summary>
public sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly List<(EventId Id, LogLevel Level, string Text)> _lines = [];

    public (EventId Id, LogLevel Level, string Text)[] Lines
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines) _lines.Add((eventId, logLevel, formatter(state, exception)));
    }

    public void Dispose()
    {
    }
}
