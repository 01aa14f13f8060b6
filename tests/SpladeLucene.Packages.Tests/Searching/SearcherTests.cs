using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Packages.Tests.Support;

namespace SpladeLucene.Packages.Tests.Searching;

/// <summary>Which of a searcher's methods lead to which, for those who derive from it, and paging.</summary>
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
    public void SearchAfter_WithAFilter_GivesTheWholeRankingInPages()
    {
        var filter = new QueryWrapperFilter(Fruit.Boolean("pear kiwi"));
        BooleanQuery query = Fruit.Boolean("apple plum kiwi");
        var pages = new List<ScoreDoc>();
        while (_fruit.Bm25.SearchAfter(pages.LastOrDefault(), query, filter, 1).ScoreDocs is [{ } hit]) pages.Add(hit);

        Assert.Equal(
            "4:1.3437407 3:1.1355615 2:0.66665417 0:0.50589025",
            Fruit.Hits(_fruit.Bm25.Search(query, filter, 10)));
        Assert.Equal([4, 3, 2, 0], pages.Select(hit => hit.Doc));
    }

    [Fact]
    public void SearchAfter_NoDocumentOfTheReader_Throws() =>
        Assert.Throws<ArgumentException>(
            () => _fruit.Bm25.SearchAfter(new ScoreDoc(6, 1f), new MatchAllDocsQuery(), 1));

    [Fact]
    public void IndexSearcher_OfOneLeaf_CountsFromItsStart()
    {
        AtomicReaderContext leaf = _fruit.Reader.Leaves[1].AtomicReader.AtomicContext;
        var searcher = new IndexSearcher(leaf);

        Assert.Same(leaf, searcher.TopReaderContext);
        Assert.Same(leaf.Reader, searcher.IndexReader);
        Assert.Equal([0], searcher.Search(Fruit.Term("apple"), 5).ScoreDocs.Select(hit => hit.Doc));
    }

    [Fact]
    public void Explain_DocumentOfALaterLeaf_IsExplainedThere() =>
        Assert.Equal(1.3437406f, _fruit.Bm25.Explain(Fruit.Term("kiwi"), 4).Value);

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
