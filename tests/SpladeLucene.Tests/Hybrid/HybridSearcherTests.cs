using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Queries;
using Lucene.Net.Queries.Function;
using Lucene.Net.Queries.Function.ValueSources;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;

namespace SpladeLucene.Tests;

public sealed partial class HybridSearcherTests : IDisposable
{
    private static readonly WordEncoder Encoder = new();

    private readonly DirectoryReader _reader = TestIndex.Of(
        [.. new[] { "sick canine", "dog food", "agile fox", "sick day" }.Select(text => TestIndex.Document(
            new TextField("body", text, Field.Store.YES),
            new SpladeField("splade", Encoder.Encode(text), Encoder.Fingerprint)))]);

    private HybridQuery Asked => new(Word("dog"), SpladeQuery.Create(_reader, "splade", "dog", Encoder));

    [Fact]
    public void Search_FoundByOneSideOrByBoth_SaysWhatEachSideGives()
    {
        HybridTopDocs found = new HybridSearcher(_reader).Search(Asked, 10);

        Assert.Equal([1, 0], found.Hits.Select(hit => hit.Doc));
        Assert.Equal(2, found.TotalHits);
        Assert.Equal(found.MaxScore, found.Hits[0].Score);
        Assert.NotNull(found.Hits[0].WordsScore);
        Assert.NotNull(found.Hits[0].MeaningScore);
        Assert.Null(found.Hits[1].WordsScore);
        Assert.Null(found.MeaningFailure);
    }

    [Fact]
    public void Search_AnySimilarityOfTheSearcher_ScoresTheSame()
    {
        var classic = new SpladeSearcher(_reader) { Similarity = new DefaultSimilarity() };
        var bm25 = new SpladeSearcher(_reader) { Similarity = new BM25Similarity() };

        Assert.Equal(
            new HybridSearcher(classic).Search(Asked, 10).Hits.Select(hit => (hit.Doc, hit.Score)),
            new HybridSearcher(bm25).Search(Asked, 10).Hits.Select(hit => (hit.Doc, hit.Score)));
        Assert.IsType<DefaultSimilarity>(classic.Similarity);
    }

    [Fact]
    public void Search_WeightOfTheEncoder_CountsUnlessTheQueryHasOne()
    {
        using var sure = new WordEncoder { FusionWeight = 1 };
        var query = new HybridQuery(Word("dog"), SpladeQuery.Create(_reader, "splade", "dog", sure));
        var searcher = new HybridSearcher(_reader);

        Assert.Equal(0, searcher.Search(query, 1).Hits[0].Parts[0].Adds);
        Assert.Equal(0, searcher.Search(query with { MeaningWeight = 0 }, 1).Hits[0].Parts[1].Adds);
        Assert.Equal(0.5, Adds(searcher.Search(Asked, 1).Hits[0].Parts[1]), 6);

        static double Adds(HybridPart part) => part.Adds / part.Score;
    }

    [Fact]
    public void Search_EncoderFails_GoesOnWithWordsWhereAskedTo()
    {
        var query = new HybridQuery(Word("dog"), new Failing());
        var lenient = new HybridSearcher(_reader, new HybridOptions { WordsAloneOnFailure = true });

        HybridTopDocs found = lenient.Search(query, 10);

        Assert.Equal([1], found.Hits.Select(hit => hit.Doc));
        Assert.NotNull(found.MeaningFailure);
        Assert.Equal(found.Hits[0].Score, lenient.Search(query with { MeaningWeight = 1 }, 10).Hits[0].Score);
        Assert.Throws<SparseEncodingException>(() => new HybridSearcher(_reader).Search(query, 10));
        Assert.Throws<SparseEncodingException>(() => lenient.Search(query with { Words = null }, 10));
    }

    [Fact]
    public void Search_AnotherRanking_JoinsIn()
    {
        HybridQuery query = Asked with { Others = [new HybridRanking("dense", [new(2, 0.9), new(0, 0.7), new(3, 0.5)], 10)] };

        HybridTopDocs found = new HybridSearcher(_reader).Search(query, 10);

        Assert.Equal([2, 0, 1, 3], found.Hits.Select(hit => hit.Doc));
        Assert.Equal(new HybridPart("dense", 0.9, 10) { Weight = 10 }, Assert.Single(found.Hits[0].Parts));
    }

    [Fact]
    public void Search_RankingThatCannotBeNormalized_IsRefusedBeforehand()
    {
        var ranking = new HybridRanking("dense", [new(2, 0.9), new(0, -1)], 1) { Normalization = ScoreNormalization.Max };

        string message = Assert.Throws<ArgumentException>(
            () => new HybridSearcher(_reader).Search(Asked with { Others = [ranking] }, 10)).Message;

        Assert.Contains("'dense' gives document 0 the score -1", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ranking with { Normalization = (ScoreNormalization)9 });
    }

    [Fact]
    public void Explain_Hit_GivesBothPartsAndTheirSum()
    {
        var searcher = new HybridSearcher(_reader);
        HybridHit hit = searcher.Search(Asked, 1).Hits[0];

        Explanation explanation = searcher.Explain(Asked, hit);

        Assert.Equal(hit.Score, explanation.Value);
        Assert.Equal(hit.Score, explanation.GetDetails().Sum(part => part.Value), 5);
        Assert.Equal(hit.WordsScore!.Value, explanation.GetDetails()[0].GetDetails()[0].Value, 5);
        Assert.Equal((float)hit.MeaningScore!.Value, explanation.GetDetails()[1].GetDetails()[0].Value);
        Assert.Contains("stands in the query", explanation.ToString(), StringComparison.Ordinal);
        float coverage = explanation.GetDetails()[0].GetDetails()[1].Value;
        Assert.Equal(hit.Parts[0].Coverage!.Value, coverage, 5);
        Assert.Equal(hit.Parts[0].Weight!.Value * hit.WordsScore!.Value * coverage * coverage, hit.Parts[0].Adds, 5);
        Assert.EndsWith(", weight 0.5", explanation.GetDetails()[1].Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_ManyThreads_FindTheSame()
    {
        var searcher = new HybridSearcher(_reader);
        string Once() => string.Join(';', searcher.Search(Asked, 10).Hits.Select(hit => hit.ToString()));
        string expected = Once();

        Parallel.For(0, 200, _ => Assert.Equal(expected, Once()));
    }

    [Fact]
    public void Search_WhatMakesNoSense_IsRefusedByName()
    {
        var searcher = new HybridSearcher(_reader);
        void Refused(string word, params HybridRanking[] others) => Assert.Contains(word,
            Assert.Throws<ArgumentException>(() => searcher.Search(Asked with { Others = others }, 1)).Message,
            StringComparison.Ordinal);

        Refused("doesn't have", new HybridRanking("dense", [new(4, 1)], 1));
        Refused("twice", new HybridRanking("dense", [new(1, 1), new(1, 1)], 1));
        Refused("NaN", new HybridRanking("dense", [new(1, double.NaN)], 1));
        Refused("weight", new HybridRanking("dense", [], double.NaN));
        Refused("no name", new HybridRanking("words", [], 1));
        Refused("null", new HybridRanking("dense", null!, 1));
        Assert.Throws<ArgumentException>(() => searcher.Search(new HybridQuery(Word("dog"), null!), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => searcher.Search(Asked, 0));
        Assert.Contains("has no score", Assert.Throws<ArgumentException>(
            () => searcher.Search(Asked, 1, after: new ScoreDoc(0, float.NaN))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Asked with { MeaningWeight = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HybridOptions { RankConstant = 0 });
        Assert.Throws<ArgumentException>(() => new HybridSearcher(_reader, new HybridOptions { RankConstant = 60 })
            .Search(Asked with { MeaningWeight = 0.5 }, 1));
    }

    public void Dispose() => _reader.Dispose();

    private static TermQuery Word(string word) => new(new Term("body", word));

    // As a query in words does whose text the model can't encode.
    private sealed class Failing : Query
    {
        public override Query Rewrite(IndexReader reader) => throw new SparseEncodingException(0, "The model put out NaN");

        public override string ToString(string field) => "failing";
    }
}
