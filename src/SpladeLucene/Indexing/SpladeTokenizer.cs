using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace SpladeLucene.Indexing;

/// <summary>Reads a whole text, encodes it and emits its vector. Owned by one thread, as every token stream.</summary>
internal sealed class SpladeTokenizer : Tokenizer
{
    private readonly ISparseEncoder _encoder;
    private readonly ImpactTokens _tokens;
    private readonly ImpactTokenWriter _writer;
    private bool _encoded;
    private int _textLength;

    public SpladeTokenizer(TextReader input, ISparseEncoder encoder, ImpactTokens tokens)
        : base(input)
    {
        _encoder = encoder;
        _tokens = tokens;
        // Before the writer asks for one, which would make Lucene's own.
        AddAttributeImpl(new IndexedTerm());
        _writer = new ImpactTokenWriter(this);
    }

    public override void Reset()
    {
        base.Reset();
        _encoded = false;
    }

    // The text is encoded here and not in Reset: Lucene closes a stream that fails in IncrementToken, but one that fails
    // in Reset stays open and can't be used again.
    public override bool IncrementToken()
    {
        if (!_encoded) Encode();
        return _writer.Write();
    }

    public override void End()
    {
        base.End();
        _writer.Finish(_textLength);
    }

    private void Encode()
    {
        // Lucene's reader over a field's string answers null, not "", where nothing is left to read.
        string text = m_input.ReadToEnd() ?? "";
        _textLength = CorrectOffset(text.Length);
        ImpactToken[] tokens = _tokens.Of(_encoder.Encode(text));
        for (int i = 0; i < tokens.Length; i++) tokens[i] = tokens[i] with { Span = Correct(tokens[i].Span) };
        _writer.Start(tokens);
        _encoded = true;
    }

    // An encoder's span past the end of the text would make the next value's offsets go backwards.
    private SourceSpan Correct(SourceSpan span) =>
        new(Math.Min(CorrectOffset(span.Start), _textLength), Math.Min(CorrectOffset(span.End), _textLength));
}

/// <summary>
/// The term of a token that is meant for the index. An <c>IndexWriter</c> reads tokens where they stand; a query parser keeps
/// copies of them, and would search for the model's name, which every document has.
/// </summary>
internal sealed class IndexedTerm : CharTermAttribute
{
    public override object Clone() => throw new InvalidOperationException(
        $"A {nameof(SpladeAnalyzer)} is for indexing only. Make queries with {nameof(SpladeQuery)}.{nameof(SpladeQuery.Create)}; "
        + $"in a query parser, return a {nameof(SpladeTextQuery)} from GetFieldQuery for the SPLADE field.");
}

/// <summary>The tokens of one vector. Can be consumed again after each <see cref="Reset"/>.</summary>
internal sealed class SpladeTokenStream : TokenStream
{
    private ImpactToken[] _tokens;
    private readonly int _textLength;
    private readonly ImpactTokenWriter _writer;

    /// <param name="tokens">The tokens, by ascending start.</param>
    /// <param name="textLength">UTF-16 units of the text that the spans point into; 0 where they don't matter.</param>
    public SpladeTokenStream(ImpactToken[] tokens, int textLength)
    {
        _tokens = tokens;
        _textLength = textLength;
        _writer = new ImpactTokenWriter(this);
    }

    /// <summary>Makes the stream emit other tokens from the next <see cref="Reset"/> on.</summary>
    public void Show(ImpactToken[] tokens) => _tokens = tokens;

    public override void Reset()
    {
        base.Reset();
        _writer.Start(_tokens);
    }

    public override bool IncrementToken() => _writer.Write();

    public override void End()
    {
        base.End();
        _writer.Finish(_textLength);
    }
}
