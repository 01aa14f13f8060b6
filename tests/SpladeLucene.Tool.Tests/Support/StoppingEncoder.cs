namespace SpladeLucene.Tool.Tests.Support;

/// <summary>Encodes words; from a certain call on it does something else first.</summary>
/// <param name="call">The call, counted from 0, of those that count.</param>
/// <param name="action">What it does, at that call and at every later one.</param>
/// <param name="counts">Whether a call counts: those for a plan's sample may not.</param>
internal sealed class StoppingEncoder(int call, Action action, Func<bool> counts) : ISparseEncoder
{
    private readonly WordEncoder _words = new();
    private int _calls;

    public ModelFingerprint Fingerprint => _words.Fingerprint;

    public SparseVector Encode(string text) => _words.Encode(text);

    public async Task<IReadOnlyList<SparseVector>> EncodeAsync(
        IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        if (counts() && Interlocked.Increment(ref _calls) > call) action();
        return await _words.EncodeAsync(texts, cancellationToken);
    }

    public void Dispose() => _words.Dispose();
}
