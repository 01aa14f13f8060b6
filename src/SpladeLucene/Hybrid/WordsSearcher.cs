using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Hybrid;

/// <summary>Searches for words with a similarity of its own, but with the statistics that another searcher gives.</summary>
internal sealed class WordsSearcher(SpladeSearcher statistics) : SpladeSearcher(statistics.IndexReader, statistics.Options)
{
    public override TermStatistics TermStatistics(Term term, TermContext context) => statistics.TermStatistics(term, context);

    public override CollectionStatistics CollectionStatistics(string field) => statistics.CollectionStatistics(field);
}
