using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Hybrid;

/// <summary>What BM25 has to know of an index to score a document of it.</summary>
/// <param name="Documents">How many it has.</param>
/// <param name="Length">How many words the field that is searched has, in all of them together.</param>
/// <param name="FrequencyOf">How many documents have a word.</param>
internal sealed record WordsStatistics(long Documents, long Length, Func<Term, long> FrequencyOf);

/// <summary>Scores the words of a part of an index as a search of the whole does.</summary>
internal sealed class PartSearcher(SpladeSearcher part, WordsStatistics whole) : SpladeSearcher(part.IndexReader, part.Options)
{
    private const long Unknown = -1;

    public override TermStatistics TermStatistics(Term term, TermContext context) =>
        new(term.Bytes, whole.FrequencyOf(term), Unknown);

    public override CollectionStatistics CollectionStatistics(string field) =>
        new(field, whole.Documents, Unknown, whole.Length, Unknown);
}
