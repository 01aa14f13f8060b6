using Lucene.Net.Analysis.TokenAttributes;

namespace Lucene.Net.Analysis.En;

// Takes 's off the end of words.
internal sealed class PossessiveFilter : TokenFilter
{
    private readonly ICharTermAttribute _term;

    internal PossessiveFilter(TokenStream input) : base(input)
    {
        _term = AddAttribute<ICharTermAttribute>();
    }

    public override bool IncrementToken()
    {
        if (!m_input.IncrementToken())
        {
            return false;
        }
        if (_term.Buffer.AsSpan(0, _term.Length) is [.., '\'' or '\u2019' or '\uFF07', 's' or 'S'])
        {
            _term.Length -= 2;
        }
        return true;
    }
}

internal sealed class StemFilter : TokenFilter
{
    private readonly ICharTermAttribute _term;

    internal StemFilter(TokenStream input) : base(input)
    {
        _term = AddAttribute<ICharTermAttribute>();
    }

    public override bool IncrementToken()
    {
        if (!m_input.IncrementToken())
        {
            return false;
        }
        // A stem may end in a letter that its word did not have, but is never longer.
        _term.Length = PorterStemmer.Stem(_term.Buffer.AsSpan(0, _term.Length));
        return true;
    }
}
