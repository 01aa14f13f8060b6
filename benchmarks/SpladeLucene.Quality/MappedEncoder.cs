namespace SpladeLucene.Quality;

/// <summary>An encoder whose vectors are changed afterwards.</summary>
internal sealed class MappedEncoder(ISparseEncoder inner, Func<string, SparseVector, SparseVector> map) : ISparseEncoder
{
    public ModelFingerprint Fingerprint => inner.Fingerprint;

    public float QueryIdfExponent => inner.QueryIdfExponent;

    public float FloorShare => inner.FloorShare;

    public float? FusionWeight => inner.FusionWeight;

    public SparseVector Encode(string text) => map(text, inner.Encode(text));

    public SparseVector EncodeQuery(string text) => map(text, inner.EncodeQuery(text));

    public async Task<IReadOnlyList<SparseVector>> EncodeAsync(
        IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<SparseVector> vectors = await inner.EncodeAsync(texts, cancellationToken);
        return [.. vectors.Select((vector, i) => map(texts[i], vector))];
    }

    // The inner encoder is its maker's.
    public void Dispose()
    {
    }
}
