namespace SpladeLucene.Endurance;

/// <summary>Vectors without a model, always the same of a text: each of its words, and some terms that follow from it.</summary>
internal sealed class WordHashes : ISparseEncoder
{
    private const int Vocabulary = 400, Expansions = 6;

    public ModelFingerprint Fingerprint { get; } =
        new("word-hashes", "0123456789ab", "0123456789ab", "max-log1p-relu", 512, Pruning.None);

    public SparseVector Encode(string text)
    {
        var weights = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var random = new Random(word.Aggregate(17, (hash, one) => unchecked((hash * 31) + one)));
            weights[word] = 2 + random.NextSingle();
            for (int i = 0; i < Expansions; i++) weights[$"x{random.Next(Vocabulary)}"] = 0.1f + random.NextSingle();
        }

        return SparseVector.FromWeights(weights);
    }

    public Task<IReadOnlyList<SparseVector>> EncodeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<SparseVector>>([.. texts.Select(Encode)]);
    }

    public void Dispose()
    {
    }
}
