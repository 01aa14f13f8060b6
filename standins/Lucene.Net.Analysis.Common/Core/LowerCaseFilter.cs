using System.Text;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace Lucene.Net.Analysis.Core;

public sealed class LowerCaseFilter : TokenFilter
{
    private readonly ICharTermAttribute _term;

    public LowerCaseFilter(LuceneVersion matchVersion, TokenStream @in) : base(@in)
    {
        _ = matchVersion;
        _term = AddAttribute<ICharTermAttribute>();
    }

    // Character by character, so that lengths stay and no language's rules apply.
    public sealed override bool IncrementToken()
    {
        if (!m_input.IncrementToken())
        {
            return false;
        }
        Span<char> text = _term.Buffer.AsSpan(0, _term.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (Rune.TryCreate(text[i], i + 1 < text.Length ? text[i + 1] : '\0', out Rune pair))
            {
                Rune.ToLowerInvariant(pair).EncodeToUtf16(text[i..]);
                i++;
            }
            else
            {
                text[i] = char.ToLowerInvariant(text[i]);
            }
        }
        return true;
    }
}
