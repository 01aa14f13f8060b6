namespace Lucene.Net.Analysis.Util;

// An analyzer that drops some words.
public abstract class StopwordAnalyzerBase : Analyzer
{
    private protected StopwordAnalyzerBase(CharArraySet stopwords)
    {
        Stopwords = stopwords;
    }

    private protected CharArraySet Stopwords { get; }
}
