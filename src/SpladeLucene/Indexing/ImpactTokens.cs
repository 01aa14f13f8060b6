namespace SpladeLucene.Indexing;

/// <summary>A term of a quantized vector: its impact, 1 to 255, and where in the text it came from.</summary>
internal readonly record struct TermImpact(string Term, int Impact, SourceSpan Span);

/// <summary>A token to emit: a term, its impact (0 for the reserved term), and where in the text it came from.</summary>
internal readonly record struct ImpactToken(string Term, int Impact, SourceSpan Span, int Repeats);

/// <summary>Turns vectors into the tokens that carry them into the index. Immutable and thread-safe.</summary>
internal sealed class ImpactTokens
{
    // IndexWriter.MAX_TERM_LENGTH: a longer term would fail the document later, without a word on where it came from.
    private const int MaxTermBytes = 32766;

    private readonly ImpactToken _fingerprint;

    public ImpactTokens(ModelFingerprint model, ImpactFormat format)
    {
        Format = format;
        var fingerprint = new SpladeFingerprint(model, format.Quantizer.Range, format.Encoding);
        _fingerprint = new ImpactToken(fingerprint.ToTerm(), 0, default, 1);
    }

    public ImpactFormat Format { get; }

    /// <summary>The same of a vector that isn't quantized yet.</summary>
    public ImpactToken[] Of(SparseVector vector) => Of(Quantize(vector));

    /// <summary>The terms that have an impact, in the vector's order.</summary>
    /// <exception cref="ArgumentException">A term is reserved, or longer than Lucene allows.</exception>
    public TermImpact[] Quantize(SparseVector vector)
    {
        var impacts = new List<TermImpact>(vector.Count);
        foreach (SparseTerm term in vector.AsSpan())
        {
            Check(term.Term);
            int impact = Format.Quantizer.Quantize(term);
            if (impact > 0) impacts.Add(new TermImpact(term.Term, impact, term.Span ?? default));
        }

        return [.. impacts];
    }

    /// <summary>
    /// The fingerprint's token, then one token a term by ascending start of its span, because Lucene refuses offsets
    /// that go backwards. Terms without a span stand at the beginning of the text.
    /// </summary>
    public ImpactToken[] Of(ReadOnlySpan<TermImpact> impacts)
    {
        var tokens = new ImpactToken[impacts.Length + 1];
        tokens[0] = _fingerprint;
        bool ascend = true;
        for (int i = 0; i < impacts.Length; i++)
        {
            TermImpact term = impacts[i];
            int repeats = Format.Encoding == WeightEncoding.TermFrequency ? term.Impact : 1;
            tokens[i + 1] = new ImpactToken(term.Term, PayloadOf(term.Impact), term.Span, repeats);
            ascend &= term.Span.Start >= tokens[i].Span.Start;
        }

        // Only a stable order keeps two indexes of the same documents equal byte for byte.
        return ascend ? tokens : [.. tokens.OrderBy(token => token.Span.Start)];
    }

    private int PayloadOf(int impact) => Format.Encoding == WeightEncoding.Payload ? impact : 0;

    private static void Check(string term)
    {
        if (SpladeFingerprint.IsReserved(term))
            throw new ArgumentException(SpladeFingerprint.ReservedRefusal(term), nameof(term));
        if (term.Length > MaxTermBytes / 3 && System.Text.Encoding.UTF8.GetByteCount(term) > MaxTermBytes)
        {
            throw new ArgumentException(
                $"The term '{term[..32]}…' of {term.Length} characters is longer than the {MaxTermBytes} bytes that "
                + "Lucene allows.", nameof(term));
        }
    }
}
