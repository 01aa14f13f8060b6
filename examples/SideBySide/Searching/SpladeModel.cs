using System.Collections.Concurrent;
using SpladeLucene;
using SpladeLucene.Onnx;

namespace SideBySide;

/// <summary>A model with the field of the index that it made. Remembers queries, as controls ask for the same ones again.
/// Thread-safe.</summary>
internal sealed class SpladeModel(string folder, string field) : IDisposable
{
    private const int MostRemembered = 4_000;

    // With an expansion weight of 0 a query has the terms that it says itself, and no others.
    private readonly Lazy<OnnxSparseEncoder> _literal =
        new(() => OnnxSparseEncoder.Load(folder, new OnnxSparseEncoderOptions { QueryExpansionWeight = 0 }));

    private readonly ConcurrentDictionary<string, SparseVector> _whole = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SparseVector> _said = new(StringComparer.Ordinal);

    public string Field { get; } = field;

    public OnnxSparseEncoder Encoder { get; } = OnnxSparseEncoder.Load(folder);

    public string Name => Encoder.Fingerprint.Name;

    /// <summary>A query whose expansions weigh as much as is asked for.</summary>
    /// <param name="text">The query.</param>
    /// <param name="expansionWeight">0 or more.</param>
    /// <param name="anew">Whether the model is run even if the query is known, so that it can be timed.</param>
    public SparseVector Encode(string text, double expansionWeight, bool anew)
    {
        SparseVector whole = anew ? Encoder.EncodeQuery(text) : Remembered(_whole, text, Encoder);
        float own = Encoder.QueryExpansionWeight;
        if ((float)expansionWeight == own) return whole;
        if (own == 0) throw new ArgumentException($"The queries of {Name} have no expansions that could weigh more.");
        SparseVector said = Remembered(_said, text, _literal.Value);
        float factor = (float)expansionWeight / own;
        return SparseVector.Create(whole
            .Select(term => said.IndexOf(term.Term) >= 0 ? term : term with { Weight = term.Weight * factor })
            .Where(term => term.Weight > 0));
    }

    public void Dispose()
    {
        Encoder.Dispose();
        if (_literal.IsValueCreated) _literal.Value.Dispose();
    }

    private static SparseVector Remembered(
        ConcurrentDictionary<string, SparseVector> known, string text, OnnxSparseEncoder encoder)
    {
        if (known.Count > MostRemembered) known.Clear();
        return known.GetOrAdd(text, encoder.EncodeQuery);
    }
}

/// <summary>The model with another weight of a query's expansions.</summary>
internal sealed class TunedEncoder(SpladeModel model, double expansionWeight, bool anew) : ISparseEncoder
{
    public ModelFingerprint Fingerprint => model.Encoder.Fingerprint;

    public SparseVector Encode(string text) => model.Encoder.Encode(text);

    public SparseVector EncodeQuery(string text) => model.Encode(text, expansionWeight, anew);

    public Task<IReadOnlyList<SparseVector>> EncodeAsync(
        IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        model.Encoder.EncodeAsync(texts, cancellationToken);

    /// <summary>The model is whoever's who loaded it.</summary>
    public void Dispose()
    {
    }
}
