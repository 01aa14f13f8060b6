namespace SpladeLucene.Tests.Clusters;

/// <summary>Weighs words by how often they stand in a text and by a number of their own, and counts the texts.</summary>
internal sealed class CountingEncoder(string name = "counting") : ISparseEncoder
{
    private int _texts;

    public int Texts => _texts;

    public ModelFingerprint Fingerprint { get; } = new(
        name, ModelFingerprint.Hash(System.Text.Encoding.UTF8.GetBytes(name)), "0123456789ab", "max-log1p-relu", 512, Pruning.None);

    /// <summary>Which numbers words have.</summary>
    public int Salt { get; init; }

    /// <summary>The text that can't be encoded, where there is one.</summary>
    public string? Refuses { get; init; }

    public float QueryIdfExponent { get; init; } = 1;

    public float FloorShare { get; init; } = 0.2f;

    public float? FusionWeight { get; init; }

    public SparseVector Encode(string text)
    {
        Interlocked.Increment(ref _texts);
        return SparseVector.FromWeights(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .GroupBy(word => word, (word, all) => KeyValuePair.Create(
                word, (float)Math.Log(1 + all.Count()) * (0.5f + ((Salt + word.Sum(letter => letter)) % 17 / 10f)))));
    }

    public SparseVector EncodeQuery(string text) => Encode(text);

    public Task<IReadOnlyList<SparseVector>> EncodeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        texts.ToList().FindIndex(text => text == Refuses) is var bad and >= 0
            ? Task.FromException<IReadOnlyList<SparseVector>>(new SparseEncodingException(bad, "The model doesn't run"))
            : Task.FromResult<IReadOnlyList<SparseVector>>([.. texts.Select(Encode)]);

    public void Dispose()
    {
    }
}
