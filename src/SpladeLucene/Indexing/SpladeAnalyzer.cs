using Lucene.Net.Analysis;
using Lucene.Net.Util;
using SpladeLucene.Indexing;

namespace SpladeLucene;

/// <summary>
/// Turns text into a model's expanded, weighted terms. Give it to one field through <c>PerFieldAnalyzerWrapper</c>; a
/// <c>TextField</c> will do. Each term is one token with its impact in the payload or as its frequency, offsets point
/// at the source span, and one more token names the model. For indexing only: a query parser that uses it gets an
/// <see cref="InvalidOperationException"/>; give it a <see cref="SpladeTextQuery"/>. Thread-safe; the
/// encoder is the caller's to dispose. A text that can't be encoded fails its document only.
/// </summary>
public sealed class SpladeAnalyzer : Analyzer
{
    private readonly ISparseEncoder _encoder;
    private readonly ImpactTokens _tokens;

    /// <summary>Makes an analyzer.</summary>
    /// <param name="matchVersion">At least <see cref="LuceneVersion.LUCENE_48"/>.</param>
    /// <param name="encoder">Encodes one text at a time, on the thread that adds the document.</param>
    /// <param name="format">
    /// How impacts are written; default <see cref="ImpactFormat.Default"/>. The tokens have offsets in any case: whether
    /// they are indexed says the type of the field.
    /// </param>
    /// <exception cref="ArgumentException">An older Lucene version is asked for.</exception>
    public SpladeAnalyzer(LuceneVersion matchVersion, ISparseEncoder encoder, ImpactFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        if (matchVersion < LuceneVersion.LUCENE_48)
            throw new ArgumentException($"SPLADE fields need LUCENE_48, not {matchVersion}.", nameof(matchVersion));
        _encoder = encoder;
        _tokens = new ImpactTokens(encoder.Fingerprint, format ?? ImpactFormat.Default);
    }

    /// <inheritdoc/>
    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) =>
        new(new SpladeTokenizer(reader, _encoder, _tokens));
}
