using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;
using SpladeLucene.Packages.Tests.Support;

namespace SpladeLucene.Packages.Tests.Searching;

/// <summary>What a similarity is told, and what the two of Lucene make of it.</summary>
public sealed class SimilarityTests : IDisposable
{
    private readonly Fruit _fruit = new();

    [Fact]
    public void ComputeNorm_InvertedField_SeesLengthOverlapAndBoost()
    {
        var similarity = new FrequencySimilarity();
        using var analyzer = Analyzer.NewAnonymous((_, reader) =>
        {
            var words = new WhitespaceTokenizer(LuceneVersion.LUCENE_48, reader);
            return new TokenStreamComponents(words, new DoublingFilter(words));
        });
        IndexWriterConfig config = TestIndex.Config(analyzer);
        config.Similarity = similarity;
        using var directory = new Lucene.Net.Store.RAMDirectory();
        using (var writer = new IndexWriter(directory, config))
        {
            writer.AddDocument(TestIndex.Document(
                new TextField("text", "a b", Field.Store.NO) { Boost = 3f },
                new TextField("text", "c", Field.Store.NO) { Boost = 2f },
                new StringField("id", "1", Field.Store.NO)));
        }

        using DirectoryReader reader = DirectoryReader.Open(directory);
        Assert.Equal(["text: 6 tokens, 3 overlap, boost 6"], similarity.Inverted);
        Assert.Equal(6, reader.Leaves[0].AtomicReader.GetNormValues("text").Get(0));
    }

    [Fact]
    public void ComputeWeight_Search_SeesTheStatisticsOfTheWholeIndex()
    {
        var similarity = new FrequencySimilarity();
        IndexSearcher searcher = _fruit.Bm25;
        searcher.Similarity = similarity;
        BooleanQuery query = Fruit.Boolean("apple melon");
        query.Boost = 2f;

        Assert.Equal("0:4 1:2 3:2", Fruit.Hits(searcher.Search(query, 10)));
        Assert.Equal(
            ["text: 6 docs, 6 with it, 12 postings, 14 tokens; apple in 4, 5 times",
                "text: 6 docs, 6 with it, 12 postings, 14 tokens; melon in 0, 0 times"],
            similarity.Weighed);
    }

    [Fact]
    public void ComputeWeight_GivenStatistics_IsTheSquareOfTheIdf()
    {
        var field = new CollectionStatistics("text", 1000, 900, 5000, 4000);
        var rare = new TermStatistics(new BytesRef("rare"), 3, 4);
        var common = new TermStatistics(new BytesRef("common"), 500, 700);

        Similarity bm25 = new BM25Similarity(), classic = new DefaultSimilarity();
        Assert.Equal(31.990246f, bm25.ComputeWeight(1f, field, rare).GetValueForNormalization());
        Assert.Equal(161.24628f, bm25.ComputeWeight(2f, field, rare, common).GetValueForNormalization());
        Assert.Equal(42.529453f, classic.ComputeWeight(1f, field, rare).GetValueForNormalization());
        Assert.Equal(269.78787f, classic.ComputeWeight(2f, field, rare, common).GetValueForNormalization());
    }

    [Fact]
    public void QueryNormAndCoord_Bm25_AreOne()
    {
        Similarity similarity = new BM25Similarity();

        Assert.Equal((1f, 1f), (similarity.Coord(1, 3), similarity.QueryNorm(9f)));
        Assert.Equal((1f / 3, 1f / 3), (new DefaultSimilarity().Coord(1, 3), new DefaultSimilarity().QueryNorm(9f)));
    }

    [Fact]
    public void GetSimScorer_OfASegment_ScoresAndExplainsAFrequency()
    {
        var similarity = new FrequencySimilarity();
        Similarity.SimWeight weight = similarity.ComputeWeight(
            2f, new CollectionStatistics("text", 6, 6, 14, 11), new TermStatistics(new BytesRef("apple"), 4, 5));
        Similarity.SimScorer scorer = similarity.GetSimScorer(weight, _fruit.Reader.Leaves[0]);

        Assert.Equal(6f, scorer.Score(0, 3f));
        Assert.Equal(
            "6 = score(doc=0,freq=3), with freq of:\n  3 = three of them\n",
            scorer.Explain(0, new Explanation(3f, "three of them")).ToString());
    }

    [Fact]
    public void Search_Bm25WithOtherParameters_ScoresByThem()
    {
        IndexSearcher searcher = _fruit.Bm25;
        searcher.Similarity = new BM25Similarity(0.9f, 0.4f);

        Assert.Equal(
            "3:1.2234497 2:0.68061966 0:0.53179866 1:0.49547854",
            Fruit.Hits(searcher.Search(Fruit.Boolean("apple plum"), 10)));
    }

    public void Dispose() => _fruit.Dispose();
}
