using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;

namespace Lucene.Net.Analysis.En;

// English words in lower case, less the most frequent ones, cut to their stems.
public sealed class EnglishAnalyzer : StopwordAnalyzerBase
{
    private readonly LuceneVersion _matchVersion;

    public EnglishAnalyzer(LuceneVersion matchVersion) : base(EnglishStopWords.Set)
    {
        _matchVersion = matchVersion;
    }

    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
    {
        var words = new StandardTokenizer(_matchVersion, reader);
        var lowerCase = new LowerCaseFilter(_matchVersion, new PossessiveFilter(words));
        var stopped = new StopFilter(_matchVersion, lowerCase, Stopwords);
        return new TokenStreamComponents(words, new StemFilter(stopped));
    }
}
