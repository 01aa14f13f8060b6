using Lucene.Net.Analysis;

namespace SpladeLucene.Analysis;

/// <summary>The tokens of one vector. Can be consumed again after each <see cref="Reset"/>.</summary>
internal sealed class SpladeTokenStream : TokenStream
{
    private readonly ImpactToken[] _tokens;
    private readonly ImpactTokenWriter _writer;

    public SpladeTokenStream(ImpactToken[] tokens)
    {
        _tokens = tokens;
        _writer = new ImpactTokenWriter(this);
    }

    public override void Reset()
    {
        base.Reset();
        _writer.Start(_tokens);
    }

    public override bool IncrementToken() => _writer.Write();

    public override void End()
    {
        base.End();
        _writer.Finish(_tokens.Max(token => token.Span.End));
    }
}
