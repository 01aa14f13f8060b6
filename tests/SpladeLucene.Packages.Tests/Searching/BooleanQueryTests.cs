using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Packages.Tests.Support;

namespace SpladeLucene.Packages.Tests.Searching;

/// <summary>Combinations of queries: which documents, in which order, with which scores to the last bit.</summary>
public sealed class BooleanQueryTests : IDisposable
{
    private readonly Fruit _fruit = new();

    [Theory]
    [InlineData("apple", "1:1.1823215 0:0.83602756 3:0.5911608")]
    [InlineData("apple plum", "3:1.1410631 1:0.38055643 2:0.33609962 0:0.26909402")]
    [InlineData("apple plum pear", "3:1.3332419 2:0.7117721 0:0.56964463 1:0.20148003")]
    [InlineData("apple plum pear ~2", "3:1.3332419 2:0.7117721 0:0.56964463")]
    [InlineData("apple plum pear ~3", "3:1.3332419")]
    [InlineData("apple plum ~3", "")]
    [InlineData("+apple plum", "3:1.1410631 1:0.38055643 0:0.26909402")]
    [InlineData("+apple plum pear kiwi ~1", "3:0.8068198 0:0.34472406")]
    [InlineData("+apple +pear", "0:1.0759475 3:0.9183159")]
    [InlineData("+apple +pear -plum", "0:1.0759475")]
    [InlineData("apple plum -pear -kiwi", "1:0.38055643")]
    [InlineData("+apple plum pear !", "3:1.3332419 0:0.8544669 1:0.6044401")]
    [InlineData("apple plum melon", "3:0.41808984 1:0.13943732 2:0.12314817 0:0.09859707")]
    [InlineData("+apple +melon", "")]
    [InlineData("-apple", "")]
    public void Search_ClassicSimilarity_ScoresWithCoordAndQueryNorm(string query, string expected) =>
        Assert.Equal(expected, Fruit.Hits(_fruit.Classic.Search(Fruit.Boolean(query), 10)));

    [Theory]
    [InlineData("apple", "1:0.57662916 0:0.50589025 3:0.3419208")]
    [InlineData("apple plum pear", "3:1.6719668 2:1.3333083 0:1.0422956 1:0.57662916")]
    [InlineData("apple plum pear ~2", "3:1.6719668 2:1.3333083 0:1.0422956")]
    [InlineData("+apple plum -kiwi", "3:1.1355615 1:0.57662916 0:0.50589025")]
    [InlineData("+apple +pear plum", "3:1.6719668 0:1.0422956")]
    [InlineData("kiwi melon", "4:1.3437407")]
    public void Search_Bm25Similarity_AddsUp(string query, string expected) =>
        Assert.Equal(expected, Fruit.Hits(_fruit.Bm25.Search(Fruit.Boolean(query), 10)));

    [Fact]
    public void Search_NestedWithBoosts_MultipliesThem()
    {
        var inner = Fruit.Boolean("plum pear");
        inner.Boost = 3f;
        BooleanQuery query = Fruit.Boolean("+apple");
        query.Add(new BooleanClause(inner, Occur.SHOULD));
        query.Add(new MatchAllDocsQuery { Boost = 0.5f }, Occur.SHOULD);
        query.Boost = 2f;

        Assert.Equal("3:1.3693347 0:0.48691761 1:0.20743613", Fruit.Hits(_fruit.Classic.Search(query, 10)));
        Assert.Equal("3:9.664118 0:5.230212 1:2.1532583", Fruit.Hits(_fruit.Bm25.Search(query, 10)));
        Assert.Equal("(+text:apple ((text:plum text:pear)^3.0) *:*^0.5)^2.0", query.ToString());
    }

    [Fact]
    public void Clauses_AsTheyWereAdded_SayWhatTheyAre()
    {
        BooleanQuery query = Fruit.Boolean("+apple plum -kiwi ~1 !");

        Assert.Equal(
            [(Occur.MUST, true, false), (Occur.SHOULD, false, false), (Occur.MUST_NOT, false, true)],
            query.Clauses.Select(clause => (clause.Occur, clause.IsRequired, clause.IsProhibited)));
        Assert.Equal((1, true), (query.MinimumNumberShouldMatch, query.CoordDisabled));
        Assert.Equal("(+text:apple text:plum -text:kiwi)~1", query.ToString());
        Assert.Equal(new BooleanClause(Fruit.Term("plum"), Occur.SHOULD), query.Clauses[1]);
        Assert.True(Fruit.Boolean("+apple plum -kiwi ~1 !").Equals(query));
        Assert.False(Fruit.Boolean("+apple plum -kiwi !").Equals(query));
    }

    [Fact]
    public void Add_MoreThanTheMost_Throws()
    {
        var query = new BooleanQuery();
        for (int count = 0; count < BooleanQuery.MaxClauseCount; count++) query.Add(Fruit.Term("plum"), Occur.SHOULD);

        Assert.Equal(1024, query.Clauses.Count);
        Assert.Throws<BooleanQuery.TooManyClausesException>(() => query.Add(Fruit.Term("plum"), Occur.SHOULD));
        Assert.ThrowsAny<ArgumentException>(() => BooleanQuery.MaxClauseCount = 0);
    }

    [Fact]
    public void Rewrite_OneClause_IsThatClauseWithBothBoosts()
    {
        BooleanQuery query = Fruit.Boolean("apple");
        query.Clauses[0].Query.Boost = 3f;
        query.Boost = 2f;
        Query rewritten = _fruit.Classic.Rewrite(query);

        Assert.Equal("text:apple^6.0", rewritten.ToString());
        Assert.Equal("apple", Assert.IsType<TermQuery>(rewritten).Term.Text);
        Assert.Equal(3f, query.Clauses[0].Query.Boost);
    }

    [Fact]
    public void Clone_ChangedAfterwards_LeavesTheOriginal()
    {
        Query original = Fruit.Boolean("apple plum");
        var copy = (BooleanQuery)original.Clone();
        copy.Boost = 5f;
        copy.Add(Fruit.Term("kiwi"), Occur.MUST);

        Assert.True(Fruit.Boolean("apple plum").Equals(original));
        Assert.False(original.Equals(copy));
    }

    [Fact]
    public void ExtractTerms_ProhibitedOnes_AreLeftOut()
    {
        var terms = new HashSet<Term>();
        Fruit.Boolean("+apple plum -kiwi").ExtractTerms(terms);

        Assert.Equal(["text:apple", "text:plum"], terms.Select(term => term.ToString()).Order(StringComparer.Ordinal));
    }

    public void Dispose() => _fruit.Dispose();
}
