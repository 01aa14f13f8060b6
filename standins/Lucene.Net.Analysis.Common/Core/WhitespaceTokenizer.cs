using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;

namespace Lucene.Net.Analysis.Core;

public sealed class WhitespaceTokenizer : CharTokenizer
{
    public WhitespaceTokenizer(LuceneVersion matchVersion, TextReader @in) : base(@in)
    {
        _ = matchVersion;
    }

    // The spaces that do not hold words together.
    protected override bool IsTokenChar(int c) => c switch
    {
        '\u0085' or '\u00A0' or '\u2007' or '\u202F' => true,
        >= '\u001C' and <= '\u001F' => false,
        > char.MaxValue => true,
        _ => !char.IsWhiteSpace((char)c),
    };
}
