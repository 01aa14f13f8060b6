namespace SpladeLucene.Tool.Tests.Support;

/// <summary>
/// Encodes words, and stops the run with its second call of a migration, as a person would in the middle. The calls of
/// a plan's sample, which hold no text of <paramref name="atLeast"/> letters in all, don't count.
/// </summary>
internal sealed class StoppingEncoder(CancellationTokenSource stop, Func<bool> isRunning) : ISparseEncoder
{
    private readonly WordEncoder _words = new();
    private int _calls;

    public ModelFingerprint Fingerprint => _words.Fingerprint;

    public SparseVector Encode(string text)
    {
        Count();
        return _words.Encode(text);
    }

    public Task<IReadOnlyList<SparseVector>> EncodeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        Count();
        return _words.EncodeAsync(texts, cancellationToken);
    }

    public void Dispose() => _words.Dispose();

    private void Count()
    {
        if (isRunning() && Interlocked.Increment(ref _calls) == 2) stop.Cancel();
    }
}
