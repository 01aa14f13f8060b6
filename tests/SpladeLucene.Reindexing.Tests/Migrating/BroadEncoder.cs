namespace SpladeLucene.Reindexing.Tests;

/// <summary>
/// An encoder whose vectors are as broad as a model's: a text's words, and hundreds of terms that it gives rise to.
/// </summary>
internal sealed class BroadEncoder : ISparseEncoder
{
    private const int Terms = 300;
    private const int Vocabulary = 5000;

    private readonly WordEncoder _words = new();

    public ModelFingerprint Fingerprint => _words.Fingerprint;

    public SparseVector Encode(string text)
    {
        int seed = text.Aggregate(17, (hash, character) => unchecked((hash * 31) + character));
        var random = new Random(seed);
        IEnumerable<int> ids = Enumerable.Range(0, Terms).Select(_ => random.Next(Vocabulary)).Distinct();
        SparseVector expansions = SparseVector.Create(ids.Select(id => new SparseTerm($"x{id}", 0.2f + (id % 20 / 10f))));
        return _words.Encode(text).Max(expansions);
    }

    public Task<IReadOnlyList<SparseVector>> EncodeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<SparseVector>>([.. texts.Select(Encode)]);
    }

    public void Dispose() => _words.Dispose();
}
