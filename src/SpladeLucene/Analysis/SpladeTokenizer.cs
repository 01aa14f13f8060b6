using Lucene.Net.Analysis;

namespace SpladeLucene.Analysis;

/// <summary>Reads a whole text, encodes it and emits its vector. Owned by one thread, as every token stream.</summary>
internal sealed class SpladeTokenizer : Tokenizer
{
    private readonly ISparseEncoder _encoder;
    private readonly ImpactTokens _tokens;
    private readonly ImpactTokenWriter _writer;
    private int _textLength;

    public SpladeTokenizer(TextReader input, ISparseEncoder encoder, ImpactTokens tokens)
        : base(input)
    {
        _encoder = encoder;
        _tokens = tokens;
        _writer = new ImpactTokenWriter(this);
    }

    public override void Reset()
    {
        base.Reset();
        // Lucene's reader over a field's string answers null, not "", where nothing is left to read.
        string text = m_input.ReadToEnd() ?? "";
        _textLength = CorrectOffset(text.Length);
        ImpactToken[] tokens = _tokens.Of(_encoder.Encode(text));
        for (int i = 0; i < tokens.Length; i++) tokens[i] = tokens[i] with { Span = Correct(tokens[i].Span) };
        _writer.Start(tokens);
    }

    public override bool IncrementToken() => _writer.Write();

    public override void End()
    {
        base.End();
        _writer.Finish(_textLength);
    }

    private SourceSpan Correct(SourceSpan span) => new(CorrectOffset(span.Start), CorrectOffset(span.End));
}
