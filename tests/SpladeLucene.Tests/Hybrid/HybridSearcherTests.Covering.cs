using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Queries.Function;
using Lucene.Net.Queries.Function.ValueSources;
using Lucene.Net.Search;

namespace SpladeLucene.Tests;

/// <summary>How much a match in words counts by what it covers of the question.</summary>
public sealed partial class HybridSearcherTests
{
    [Fact]
    public void Search_WordsThatCoverLittleOfTheQuestion_CountLess()
    {
        Query asked = SpladeQuery.Create(_reader, "splade", "canine", Encoder);
        double Adds(Query words, HybridOptions? options = null) =>
            new HybridSearcher(_reader, options).Search(new HybridQuery(words, asked), 4).Hits.Single(hit => hit.Doc == 1).Parts[0].Adds;
        var more = new BooleanQuery { { Word("dog"), Occur.SHOULD }, { Word("nowhere"), Occur.SHOULD } };

        Assert.True(Adds(more) < 0.2 * Adds(Word("dog")));
        var asTheyAre = new HybridOptions { WordsByCoverage = false };
        Assert.Equal(Adds(Word("dog"), asTheyAre), Adds(more, asTheyAre), 6);
    }

    [Fact]
    public void Search_WordsAskedForInTwoFields_CoverAsMuchAsInOne()
    {
        double Adds(Query words) => new HybridSearcher(_reader).Search(Asked with { Words = words }, 1).Hits[0].Parts[0].Adds;
        Query Both(float boost) => new BooleanQuery
        {
            { Word("dog"), Occur.SHOULD }, { new TermQuery(new Term("title", "dog")) { Boost = boost }, Occur.SHOULD },
        };

        Assert.Equal(Adds(Word("dog")), Adds(Both(0.1f)), 6);
        Assert.True(Adds(Both(9)) < Adds(Word("dog")));
    }

    [Fact]
    public void Search_WordsWhoseBoundCannotBeTold_CountByTheBestFound()
    {
        var custom = new FunctionQuery(new ConstValueSource(2));
        HybridTopDocs found = new HybridSearcher(_reader).Search(Asked with { Words = custom, MeaningWeight = 0.5 }, 10);

        HybridPart best = found.Hits.SelectMany(hit => hit.Parts).Where(part => part.Side == HybridPart.Words).MaxBy(part => part.Score);
        Assert.Equal(0.5 * best.Score, best.Adds, 6);
    }

    [Fact]
    public void Search_AlternativesOfOneWord_CoverAsTheBestOfThem()
    {
        double Coverage(Query words, int doc = 1) => Covering(words, doc);
        var either = new DisjunctionMaxQuery(0) { Word("dog"), Word("fox") };
        var phraseOrWords = new DisjunctionMaxQuery(0) { new PhraseQuery { new Term("body", "dog"), new Term("body", "food") }, Both() };

        Assert.Equal(Coverage(Word("dog")), Coverage(either), 6);
        Assert.Equal(Coverage(Both()), Coverage(phraseOrWords), 6);
        Assert.True(Coverage(new DisjunctionMaxQuery(1) { Word("dog"), Word("fox") }) < 0.6 * Coverage(either));

        static BooleanQuery Both() => new() { { Word("dog"), Occur.SHOULD }, { Word("food"), Occur.SHOULD } };
    }

    [Fact]
    public void Search_VariantsOfAFuzzyWord_CoverAsOneWord()
    {
        FuzzyQuery Fuzzy(string word) => new(new Term("body", word), 2);

        // Its variants "fox" and "day" would each be a part of it.
        Assert.Equal(Covering(Word("dog"), doc: 1), Covering(Fuzzy("dog"), doc: 1), 6);
        Assert.True(Covering(new BooleanQuery { { Word("dog"), Occur.SHOULD }, { Fuzzy("nowhere"), Occur.SHOULD } }, doc: 1)
            < 0.6 * Covering(Word("dog"), doc: 1));
    }

    // A rare misspelling could score more than the word itself, which would then cover hardly anything.
    [Fact]
    public void Search_RareMisspellingOfAFuzzyWord_LeavesTheWordItsWeight()
    {
        using DirectoryReader reader = TestIndex.Of([.. Enumerable.Repeat("sick dogs", 40).Append("sick dogz").Append("fox").Select(
            text => TestIndex.Document(new TextField("body", text, Field.Store.YES), new SpladeField("splade", Encoder.Encode(text), Encoder.Fingerprint)))]);
        double Covered(Query words) => new HybridSearcher(reader).Search(new HybridQuery(words, SpladeQuery.Create(reader, "splade", "fox", Encoder)), 50)
            .Hits.Single(hit => hit.Doc == 0).Parts[0].Coverage!.Value;

        Assert.Equal(Covered(Word("dogs")), Covered(new FuzzyQuery(new Term("body", "dogs"), 1)), 6);
    }

    [Fact]
    public void Search_ClauseThatTakesMoreThanTheOthersGive_CoversNothing()
    {
        var words = new BooleanQuery
        {
            { Word("dog"), Occur.SHOULD }, { new ConstantScoreQuery(Word("food")) { Boost = -50 }, Occur.SHOULD },
        };

        HybridPart part = new HybridSearcher(_reader).Search(Asked with { Words = words }, 10).Hits.Single(hit => hit.Doc == 1).Parts[0];

        Assert.True(part.Score < -40);
        Assert.Equal((0, 0), (part.Coverage, Math.Abs(part.Adds)));
    }

    [Fact]
    public void Search_SearcherWithStatisticsOfItsOwn_WordsAreScoredByThem()
    {
        HybridHit Best(SpladeSearcher searcher) => new HybridSearcher(searcher).Search(Asked, 1).Hits[0];

        HybridHit rare = Best(new Elsewhere(_reader)), here = Best(new SpladeSearcher(_reader));

        Assert.True(rare.WordsScore > 2 * here.WordsScore);
        Assert.Equal(here.MeaningScore, rare.MeaningScore);
        Assert.Equal(here.Parts[0].Coverage!.Value, rare.Parts[0].Coverage!.Value, 6);
    }

    private double Covering(Query words, int doc) => new HybridSearcher(_reader).Search(Asked with { Words = words }, 10)
        .Hits.Single(hit => hit.Doc == doc).Parts[0].Coverage!.Value;

    /// <summary>A part of a large index that has every word once.</summary>
    private sealed class Elsewhere(IndexReader reader) : SpladeSearcher(reader)
    {
        public override TermStatistics TermStatistics(Term term, TermContext context) => new(term.Bytes, 1, -1);

        public override CollectionStatistics CollectionStatistics(string field) => new(field, 1_000_000, -1, 2_000_000, -1);
    }
}
