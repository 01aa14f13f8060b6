using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Tests.LuceneContracts.Support;

namespace SpladeLucene.Tests.LuceneContracts;

/// <summary>SpladeSearcher: the overloads of Search meet its overrides.</summary>
public sealed class SearcherTests : IDisposable
{
    private readonly Fruit _fruit = new();

    [Fact]
    public void Search_DerivedSearcher_PassesThroughItsOverrides()
    {
        var searcher = new WatchedSearcher(_fruit.Reader);
        searcher.Search(Fruit.Term("apple"), 10);
        searcher.Search(Fruit.Term("apple"), new QueryWrapperFilter(Fruit.Term("pear")), 10);
        searcher.SearchAfter(new ScoreDoc(1, 0.5f), Fruit.Term("apple"), 2);
        searcher.Search(Fruit.Term("apple"), TopScoreDocCollector.Create(1, docsScoredInOrder: true));

        Assert.Equal(
            [
                "top 10 after nothing for text:apple", "leaves 2",
                "top 10 after nothing for filtered(text:apple)->QueryWrapperFilter(text:pear)", "leaves 2",
                "top 2 after 1 for text:apple", "leaves 2",
                "leaves 2",
            ],
            searcher.Seen);
    }

    [Fact]
    public void SearchAfter_NoDocumentOfTheReader_Throws() =>
        Assert.Throws<ArgumentException>(
            () => _fruit.Bm25.SearchAfter(new ScoreDoc(6, 1f), new MatchAllDocsQuery(), 1));

    public void Dispose() => _fruit.Dispose();

    private sealed class WatchedSearcher(IndexReader reader) : IndexSearcher(reader)
    {
        public List<string> Seen { get; } = [];

        protected override TopDocs Search(Weight weight, ScoreDoc? after, int nDocs)
        {
            string behind = after is null ? "nothing" : $"{after.Doc}";
            Seen.Add($"top {nDocs} after {behind} for {weight.Query}");
            return base.Search(weight, after, nDocs);
        }

        protected override void Search(IList<AtomicReaderContext> leaves, Weight weight, ICollector collector)
        {
            Seen.Add($"leaves {leaves.Count}");
            base.Search(leaves, weight, collector);
        }
    }
}
