namespace SpladeLucene.Reindexing.Tests.Support;

/// <summary>Encodes words, remembers which texts, and can be told to fail.</summary>
internal sealed class CountingEncoder(string name = "words") : ISparseEncoder
{
    private readonly WordEncoder _words = new(name);
    private readonly List<string> _texts = [];

    public ModelFingerprint Fingerprint => _words.Fingerprint;

    public long? TokensEncoded
    {
        get
        {
            Action? asked = BeforeCount;
            BeforeCount = null;
            asked?.Invoke();
            return field;
        }

        private set;
    } = 0;

    /// <summary>Called once, before it says how many tokens it has encoded; nothing at first.</summary>
    public Action? BeforeCount { get; set; }

    /// <summary>Every text that was encoded since the last <see cref="Forget"/>.</summary>
    public IReadOnlyList<string> Texts => _texts;

    public int LargestBatch { get; private set; }

    /// <summary>Called with the number of texts before each batch.</summary>
    public Action<int>? BeforeBatch { get; set; }

    /// <summary>A text that can't be encoded; none at first.</summary>
    public string? BadText { get; set; }

    /// <summary>How many vectors too many it returns; 0 at first.</summary>
    public int Extra { get; set; }

    public void Forget() => _texts.Clear();

    public SparseVector Encode(string text) => _words.Encode(text);

    public async Task<IReadOnlyList<SparseVector>> EncodeAsync(
        IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        BeforeBatch?.Invoke(_texts.Count);
        int bad = BadText is null ? -1 : texts.ToList().IndexOf(BadText);
        if (bad >= 0) throw new SparseEncodingException(bad, "it is bad");
        IReadOnlyList<SparseVector> vectors = await _words.EncodeAsync(texts, cancellationToken);
        _texts.AddRange(texts);
        LargestBatch = Math.Max(LargestBatch, texts.Count);
        TokensEncoded += texts.Sum(text => text.Split(' ').Length);
        return Extra == 0 ? vectors : [.. vectors, .. Enumerable.Repeat(SparseVector.Empty, Extra)];
    }

    public void Dispose()
    {
    }
}
