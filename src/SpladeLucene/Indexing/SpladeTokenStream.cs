using Lucene.Net.Analysis;

namespace SpladeLucene.Indexing;

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
