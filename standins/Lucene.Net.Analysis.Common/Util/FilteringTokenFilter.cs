using Lucene.Net.Analysis.TokenAttributes;

namespace Lucene.Net.Analysis.Util;

// Drops tokens; the next one that stays keeps its position.
public abstract class FilteringTokenFilter : TokenFilter
{
    private readonly IPositionIncrementAttribute _increment;
    private int _skipped;

    private protected FilteringTokenFilter(TokenStream input) : base(input)
    {
        _increment = AddAttribute<IPositionIncrementAttribute>();
    }

    public sealed override bool IncrementToken()
    {
        _skipped = 0;
        while (m_input.IncrementToken())
        {
            if (Accept())
            {
                _increment.PositionIncrement += _skipped;
                return true;
            }
            _skipped += _increment.PositionIncrement;
        }
        return false;
    }

    public override void Reset()
    {
        base.Reset();
        _skipped = 0;
    }

    public override void End()
    {
        base.End();
        _increment.PositionIncrement += _skipped;
    }

    protected abstract bool Accept();
}
