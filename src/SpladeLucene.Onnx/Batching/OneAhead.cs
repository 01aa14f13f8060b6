namespace SpladeLucene.Onnx.Batching;

/// <summary>
/// Steps that go on while the caller does something else, one after the other in the order in which they come: at most one
/// goes on, and one waits. For one caller.
/// </summary>
internal sealed class OneAhead
{
    private Task _step = Task.CompletedTask;

    /// <summary>Waits for the step before, and starts this one.</summary>
    /// <param name="owned">What the step disposes; disposed here if the step before has failed. Null for nothing.</param>
    /// <param name="step">What is to be done.</param>
    /// <param name="atOnce">Whether to wait for it too.</param>
    /// <exception cref="Exception">What the step before, or this one if it is waited for, has thrown.</exception>
    public async Task NextAsync(IDisposable? owned, Action step, bool atOnce = false)
    {
        try
        {
            await _step.ConfigureAwait(false);
        }
        catch
        {
            owned?.Dispose();
            throw;
        }

        if (atOnce) step();
        else _step = Task.Run(step, CancellationToken.None);
    }

    /// <summary>Waits for the last step.</summary>
    /// <exception cref="Exception">What it has thrown.</exception>
    public Task EndAsync() => _step;
}
