using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;

namespace Lucene.Net.Analysis.Core;

// Drops the words of a set.
public sealed class StopFilter : FilteringTokenFilter
{
    private readonly CharArraySet _stopWords;
    private readonly ICharTermAttribute _term;

    public StopFilter(LuceneVersion matchVersion, TokenStream @in, CharArraySet stopWords) : base(@in)
    {
        _ = matchVersion;
        _stopWords = stopWords;
        _term = AddAttribute<ICharTermAttribute>();
    }

    protected override bool Accept() => !_stopWords.Contains(_term.ToString()!);
}
