using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Tests;

public sealed class SpladeTextQueryTests : IDisposable
{
    private readonly WordEncoder _encoder = new() { QueryIdfExponent = 0.5f, FloorShare = 0.3f };
    private readonly DirectoryReader _reader;

    public SpladeTextQueryTests() => _reader = Of(_encoder, [.. Enumerable.Repeat("the fox", 99), "the dog", "canine"]);

    [Fact]
    public void Rewrite_Reader_IsWhatCreateMakes()
    {
        var query = new SpladeTextQuery("splade", "the dog", _encoder) { Boost = 3 };
        SpladeQuery expected = SpladeQuery.Create(_reader, "splade", "the dog", _encoder);
        expected.Boost = 3;

        var rewritten = Assert.IsType<SpladeQuery>(query.Rewrite(_reader));

        Assert.Equal(expected, rewritten);
        Assert.Equal(("the dog", 0.3f), (rewritten.Text, rewritten.Floor.ShareOfTenth));
    }

    [Fact]
    public void Search_AnySearcherOrComposition_FindsWhatTheSpladeQueryFinds()
    {
        var text = new SpladeTextQuery("splade", "the dog", _encoder);
        SpladeQuery made = SpladeQuery.Create(_reader, "splade", "the dog", _encoder);
        foreach (IndexSearcher searcher in new[] { new IndexSearcher(_reader), new SpladeSearcher(_reader) })
        {
            TopDocsAssert.Equal(searcher.Search(made, 200).ScoreDocs, searcher.Search(text, 200), 200, "alone", counted: null);
            TopDocsAssert.Equal(searcher.Search(In(made), 200).ScoreDocs, searcher.Search(In(text), 200), 200, "in", counted: null);
        }
    }

    [Fact]
    public void Rewrite_SeveralTimes_EncodesOnceAndAgainForAnotherReader()
    {
        int encoded = 0;
        using var counting = new QueryEncoder(_encoder, () => encoded++);
        var query = new SpladeTextQuery("splade", "dog", counting);
        using DirectoryReader other = Of(_encoder, ["dog", "dog"]);

        Assert.Equal(query.Rewrite(_reader), query.Rewrite(_reader));
        query.Rewrite(other);
        Assert.Equal(1, encoded);
    }

    [Fact]
    public async Task Create_WhatIsRefusedAnyway_RunsNoModel()
    {
        int encoded = 0;
        using var counting = new QueryEncoder(_encoder, () => encoded++);
        using var another = new QueryEncoder(new WordEncoder("another"), () => encoded++);

        Assert.Throws<InvalidOperationException>(() => SpladeQuery.Create(_reader, "spalde", "dog", counting));
        Assert.Throws<InvalidOperationException>(() => new SpladeTextQuery("spalde", "dog", counting).Rewrite(_reader));
        await Assert.ThrowsAsync<FingerprintMismatchException>(() => SpladeQuery.CreateAsync(_reader, "splade", "dog", another));
        Assert.Equal(0, encoded);
    }

    // Lucene sets the boost of what a BooleanQuery of one clause is rewritten to.
    [Fact]
    public void Search_BesideItselfBoosted_BoostsOneOfBoth()
    {
        var text = new SpladeTextQuery("splade", "dog", _encoder);
        var searcher = new IndexSearcher(_reader);
        float single = searcher.Search(text, 1).ScoreDocs[0].Score;

        var doubled = new BooleanQuery { { text, Occur.SHOULD } };
        doubled.Boost = 2;
        var both = new BooleanQuery(disableCoord: true) { { text, Occur.SHOULD }, { doubled, Occur.SHOULD } };

        Assert.Equal(3 * single, searcher.Search(both, 1).ScoreDocs[0].Score, 4);
        Assert.Equal(single, searcher.Search(text, 1).ScoreDocs[0].Score);
    }

    [Fact]
    public void Equals_SameFieldTextEncoderAndOptions_IsTheSameQuery()
    {
        var query = new SpladeTextQuery("splade", "dog", _encoder);

        Assert.Equal(query, new SpladeTextQuery("splade", "dog", _encoder, new SpladeQueryOptions()));
        Assert.Equal(query.GetHashCode(), new SpladeTextQuery("splade", "dog", _encoder).GetHashCode());
        Assert.All<Query>(
        [
            new SpladeTextQuery("other", "dog", _encoder), new SpladeTextQuery("splade", "cat", _encoder),
            new SpladeTextQuery("splade", "dog", new WordEncoder { QueryIdfExponent = 0.5f, FloorShare = 0.3f }), new SpladeTextQuery("splade", "dog", new WordEncoder()),
            new SpladeTextQuery("splade", "dog", _encoder, new SpladeQueryOptions { IdfExponent = 0 }),
            new SpladeTextQuery("splade", "dog", _encoder) { Boost = 2 },
        ], other => Assert.NotEqual(query, other));
        Assert.Equal("splade:splade(\"dog\")^2", new SpladeTextQuery("splade", "dog", _encoder) { Boost = 2 }.ToString());
    }

    [Fact]
    public void Rewrite_AnotherModel_IsRefused() => Assert.Throws<FingerprintMismatchException>(
        () => new SpladeTextQuery("splade", "dog", new WordEncoder("another")).Rewrite(_reader));

    [Fact]
    public void QueryWrapperFilter_DocumentFrequenciesAskedFor_NamesTheWayOutThatWorks()
    {
        var query = new SpladeTextQuery("splade", "dog", _encoder);
        var searcher = new IndexSearcher(_reader);

        string message = Assert.Throws<InvalidOperationException>(
            () => searcher.Search(new MatchAllDocsQuery(), new QueryWrapperFilter(query), 10)).Message;

        Assert.Contains(nameof(SpladeFilter), message, StringComparison.Ordinal);
        Assert.Equal(2, searcher.Search(new MatchAllDocsQuery(), new SpladeFilter(query), 10).TotalHits);
    }

    [Fact]
    public void QueryWrapperFilter_SegmentWithoutTheField_FindsWhatTheOthersHave()
    {
        using var encoder = new WordEncoder();
        using DirectoryReader with = Of(encoder, ["the fox", "the dog"]);
        using DirectoryReader without = TestIndex.Of([TestIndex.Document(new StringField("id", "1", Field.Store.YES))]);
        using var mixed = new MultiReader(without, with);
        var query = new SpladeTextQuery("splade", "dog", encoder);

        Assert.Equal(2, Assert.Single(new IndexSearcher(mixed).Search(new MatchAllDocsQuery(), new QueryWrapperFilter(query), 10).ScoreDocs).Doc);
        Assert.Throws<InvalidOperationException>(() => query.Rewrite(without));
    }

    [Fact]
    public async Task CreateAsync_Text_IsWhatCreateMakesAndEndsWhenCancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        SpladeQuery made = await SpladeQuery.CreateAsync(_reader, "splade", "the dog", _encoder);

        Assert.Equal(SpladeQuery.Create(_reader, "splade", "the dog", _encoder), made);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SpladeQuery.CreateAsync(_reader, "splade", "dog", _encoder, null, cancelled.Token));
    }

    public void Dispose()
    {
        _reader.Dispose();
        _encoder.Dispose();
    }

    private static BooleanQuery In(Query query) => new()
    {
        { query, Occur.SHOULD }, { new TermQuery(new Term("splade", "canine")), Occur.SHOULD },
    };

    [Theory]
    [InlineData(1.5f)]
    [InlineData(float.NaN)]
    public void Create_EncoderWithAFusionWeightThatIsNone_IsRefused(float weight)
    {
        using var encoder = new WordEncoder { FusionWeight = weight };
        using DirectoryReader reader = Of(encoder, ["fox"]);

        Assert.Throws<ArgumentException>(() => SpladeQuery.Create(reader, "splade", "fox", encoder));
    }

    private static DirectoryReader Of(WordEncoder encoder, string[] texts) => TestIndex.Of(texts.Select(text =>
        TestIndex.Document(new SpladeField("splade", encoder.Encode(text), encoder.Fingerprint))));

    private sealed class QueryEncoder(ISparseEncoder inner, Action encoding) : ISparseEncoder
    {
        public ModelFingerprint Fingerprint => inner.Fingerprint;

        public SparseVector Encode(string text)
        {
            encoding();
            return inner.Encode(text);
        }

        public Task<IReadOnlyList<SparseVector>> EncodeAsync(
            IReadOnlyList<string> texts, CancellationToken cancellationToken) => inner.EncodeAsync(texts, cancellationToken);

        public void Dispose()
        {
        }
    }
}
