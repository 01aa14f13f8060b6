namespace SpladeLucene.TestSupport;

/// <summary>
/// An encoder whose vectors can be told by reading: each word weighs 2, and each of its related words 0.5, all with the
/// word's span.
/// </summary>
public sealed class WordEncoder(string name = "words") : ISparseEncoder
{
    /// <summary>A text that this encoder refuses, as a model does whose output isn't finite.</summary>
    public const string Unencodable = "text that gives NaN";

    private static readonly Dictionary<string, string[]> Related = new(StringComparer.Ordinal)
    {
        ["canine"] = ["dog"], ["dog"] = ["canine"], ["agile"] = ["agility"], ["agility"] = ["agile"],
    };

    public ModelFingerprint Fingerprint { get; } = new(name, ModelFingerprint.Hash("graph of "u8.ToArray().Concat(
        System.Text.Encoding.UTF8.GetBytes(name)).ToArray()), "0123456789ab", "max-log1p-relu", 512, Pruning.None);

    public int Batches { get; private set; }

    /// <summary>How many vectors too many a batch comes back with.</summary>
    public int Extra { get; init; }

    public float QueryIdfExponent { get; init; }

    public float FloorShare { get; init; }

    public float? FusionWeight { get; init; }

    public SparseVector Encode(string text)
    {
        if (text == Unencodable) throw new SparseEncodingException(0, "The model put out NaN");
        SparseVector vector = SparseVector.Empty;
        foreach ((string word, SourceSpan span) in Words(text))
        {
            vector = vector.Max(SparseVector.Create([new SparseTerm(word, 2, span)]));
            foreach (string other in Related.GetValueOrDefault(word, []))
                vector = vector.Max(SparseVector.Create([new SparseTerm(other, 0.5f, span)]));
        }

        return vector;
    }

    public Task<IReadOnlyList<SparseVector>> EncodeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Batches++;
        int bad = texts.ToList().IndexOf(Unencodable);
        if (bad >= 0) throw new SparseEncodingException(bad, "The model put out NaN");
        return Task.FromResult<IReadOnlyList<SparseVector>>([.. texts.Select(Encode), .. Enumerable.Repeat(SparseVector.Empty, Extra)]);
    }

    public void Dispose()
    {
    }

    private static IEnumerable<(string Word, SourceSpan Span)> Words(string text)
    {
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i])) continue;
            if (i > start) yield return (text[start..i].ToLowerInvariant(), new SourceSpan(start, i));
            start = i + 1;
        }
    }
}
