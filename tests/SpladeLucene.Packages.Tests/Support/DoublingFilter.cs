using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace SpladeLucene.Packages.Tests.Support;

/// <summary>Gives each token of its input twice, at one position.</summary>
internal sealed class DoublingFilter : TokenFilter
{
    private readonly IPositionIncrementAttribute _increment;
    private bool _again;

    public DoublingFilter(TokenStream input) : base(input) =>
        _increment = m_input.AddAttribute<IPositionIncrementAttribute>();

    public override bool IncrementToken()
    {
        _again = !_again;
        if (_again) return m_input.IncrementToken();
        _increment.PositionIncrement = 0;
        return true;
    }

    public override void Reset()
    {
        base.Reset();
        _again = false;
    }
}
