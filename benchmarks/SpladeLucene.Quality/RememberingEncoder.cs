namespace SpladeLucene.Quality;

/// <summary>Encodes each text once, for the same documents are indexed several times.</summary>
internal sealed class RememberingEncoder(ISparseEncoder inner) : ISparseEncoder
{
    private readonly Dictionary<string, SparseVector> _known = new(StringComparer.Ordinal);

    public ModelFingerprint Fingerprint => inner.Fingerprint;

    public float QueryIdfExponent => inner.QueryIdfExponent;

    public float FloorShare => inner.FloorShare;

    public float? FusionWeight => inner.FusionWeight;

    public SparseVector Encode(string text)
    {
        if (!_known.TryGetValue(text, out SparseVector? vector)) _known.Add(text, vector = inner.Encode(text));
        return vector;
    }

    public SparseVector EncodeQuery(string text) => inner.EncodeQuery(text);

    public async Task<IReadOnlyList<SparseVector>> EncodeAsync(
        IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        string[] fresh = [.. texts.Where(text => !_known.ContainsKey(text)).Distinct(StringComparer.Ordinal)];
        IReadOnlyList<SparseVector> vectors = await inner.EncodeAsync(fresh, cancellationToken);
        for (int i = 0; i < fresh.Length; i++) _known.Add(fresh[i], vectors[i]);
        return [.. texts.Select(text => _known[text])];
    }

    // The inner encoder is its maker's.
    public void Dispose()
    {
    }
}
