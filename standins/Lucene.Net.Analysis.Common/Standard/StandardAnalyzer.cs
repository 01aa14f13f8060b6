using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;

namespace Lucene.Net.Analysis.Standard;

// Words as Unicode has them, in lower case, without the most frequent English ones.
public sealed class StandardAnalyzer : StopwordAnalyzerBase
{
    private readonly LuceneVersion _matchVersion;

    public StandardAnalyzer(LuceneVersion matchVersion) : this(matchVersion, EnglishStopWords.Set)
    {
    }

    public StandardAnalyzer(LuceneVersion matchVersion, CharArraySet stopWords) : base(stopWords)
    {
        _matchVersion = matchVersion;
    }

    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
    {
        var words = new StandardTokenizer(_matchVersion, reader);
        var lowerCase = new LowerCaseFilter(_matchVersion, words);
        return new TokenStreamComponents(words, new StopFilter(_matchVersion, lowerCase, Stopwords));
    }
}
