using System.Runtime.InteropServices;

namespace SpladeLucene.Tool;

/// <summary>
/// Cancels a token on the first Ctrl-C or polite request to end, also that of a terminal that closes. The second one ends the process as if nobody listened.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;

    public Interruption() => _signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, Cancel),
        PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Cancel),
    ];

    public CancellationToken Token => _source.Token;

    /// <summary>Cancels the token as Ctrl-C does.</summary>
    public void Stop() => _source.Cancel();

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
        _source.Dispose();
    }

    private void Cancel(PosixSignalContext signal)
    {
        bool again = _source.IsCancellationRequested;
        // A terminal that closes says so twice: its shell does, and the system once the shell has ended.
        if (again && signal.Signal != PosixSignal.SIGHUP) return;
        signal.Cancel = true;
        if (!again) _source.Cancel();
    }
}
