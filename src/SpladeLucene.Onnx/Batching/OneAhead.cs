namespace SpladeLucene.Onnx.Batching;

/// <summary>
/// Steps that go on while the caller does something else, one after the other in the order in which they come: at most one
/// goes on, and one waits. A step may leave a rest, which the caller itself does before anything that comes later. For one caller.
/// </summary>
internal sealed class OneAhead
{
    private static readonly Task<Action?> Nothing = Task.FromResult<Action?>(null);

    private Task<Action?> _step = Nothing;

    /// <summary>Waits for the step before, does its rest, and starts this one.</summary>
    /// <param name="owned">What the step disposes; disposed here if the step before has failed. Null for nothing.</param>
    /// <param name="step">What is to be done; returns its rest, null for none.</param>
    /// <param name="atOnce">Whether to wait for it too.</param>
    /// <exception cref="Exception">What the step before, or this one if it is waited for, has thrown.</exception>
    public async Task NextAsync(IDisposable? owned, Func<Action?> step, bool atOnce = false)
    {
        try
        {
            await EndAsync().ConfigureAwait(false);
        }
        catch
        {
            owned?.Dispose();
            throw;
        }

        if (atOnce) step()?.Invoke();
        else _step = Task.Run(step, CancellationToken.None);
    }

    /// <summary>Waits for the last step, and does its rest once.</summary>
    /// <exception cref="Exception">What it has thrown.</exception>
    public async Task EndAsync()
    {
        if (await _step.ConfigureAwait(false) is not { } rest) return;
        _step = Nothing;
        rest();
    }
}
