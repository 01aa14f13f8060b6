using Lucene.Net.Search;
using SpladeLucene.Packages.Tests.Support;

namespace SpladeLucene.Packages.Tests.Searching;

/// <summary>Explanations are read by people and compared by tests: their words are part of the contract.</summary>
public sealed class ExplainTests : IDisposable
{
    private readonly Fruit _fruit = new();

    [Theory]
    [InlineData("apple", 0)]
    [InlineData("apple plum pear", 3)]
    [InlineData("+apple plum -kiwi", 1)]
    [InlineData("apple plum pear ~2", 0)]
    [InlineData("plum melon pear !", 2)]
    public void Explain_Hit_HasTheScoreOfTheSearch(string text, int doc)
    {
        BooleanQuery query = Fruit.Boolean(text);
        foreach (IndexSearcher searcher in new[] { _fruit.Classic, _fruit.Bm25 })
        {
            ScoreDoc hit = searcher.Search(query, 10).ScoreDocs.Single(found => found.Doc == doc);
            Explanation explanation = searcher.Explain(query, doc);

            Assert.True(explanation.IsMatch);
            Assert.Equal(hit.Score, explanation.Value, 1e-6f);
        }
    }

    [Fact]
    public void Explain_Bm25Term_NamesEveryFactor() => AssertExplains(
        _fruit.Bm25, Fruit.Term("apple"), 3,
        """
        0.3419208 = (MATCH) weight(text:apple in 0) [BM25Similarity], result of:
          0.3419208 = score(doc=0,freq=1 = termFreq=1
        ), product of:
            0.44183275 = idf(docFreq=4, maxDocs=6)
            0.7738693 = tfNorm, computed from:
              1 = termFreq=1
              1.2 = parameter k1
              0.75 = parameter b
              2.3333333 = avgFieldLength
              4 = fieldLength
        """);

    [Fact]
    public void Explain_ClassicTerm_NamesEveryFactor() => AssertExplains(
        _fruit.Classic, new TermQuery(Fruit.Term("plum").Term) { Boost = 2f }, 2,
        """
        0.8784157 = (MATCH) weight(text:plum^2.0 in 2) [DefaultSimilarity], result of:
          0.8784157 = fieldWeight in 2, product of:
            1 = tf(freq=1), with freq of:
              1 = termFreq=1
            1.4054651 = idf(docFreq=3, maxDocs=6)
            0.625 = fieldNorm(doc=2)
        """);

    [Fact]
    public void Explain_ClassicCombination_NamesCoord() => AssertExplains(
        _fruit.Classic, Fruit.Boolean("+plum kiwi"), 2,
        """
        0.2805267 = (MATCH) product of:
          0.5610534 = (MATCH) sum of:
            0.5610534 = (MATCH) weight(text:plum in 2) [DefaultSimilarity], result of:
              0.5610534 = score(doc=2,freq=1), product of:
                0.63871056 = queryWeight, product of:
                  1.4054651 = idf(docFreq=3, maxDocs=6)
                  0.45444784 = queryNorm
                0.8784157 = fieldWeight in 2, product of:
                  1 = tf(freq=1), with freq of:
                    1 = termFreq=1
                  1.4054651 = idf(docFreq=3, maxDocs=6)
                  0.625 = fieldNorm(doc=2)
          0.5 = coord(1/2)
        """);

    [Fact]
    public void Explain_ConstantScore_NamesTheQuery() => AssertExplains(
        _fruit.Bm25, new ConstantScoreQuery(Fruit.Term("plum")) { Boost = 2f }, 2,
        """
        2 = (MATCH) ConstantScore(text:plum)^2.0, product of:
          2 = boost
          1 = queryNorm
        """);

    [Fact]
    public void Explain_MissingRequiredAndProhibited_SaysWhichClause() => AssertExplains(
        _fruit.Bm25, Fruit.Boolean("+melon +kiwi -apple"), 0,
        """
        0 = (NON-MATCH) Failure to meet condition(s) of required/prohibited clause(s)
          0 = no match on required clause (text:melon)
          0 = no match on required clause (text:kiwi)
          0 = match on prohibited clause (text:apple)
            0.50589025 = (MATCH) weight(text:apple in 0) [BM25Similarity], result of:
              0.50589025 = score(doc=0,freq=2 = termFreq=2
        ), product of:
                0.44183275 = idf(docFreq=4, maxDocs=6)
                1.1449814 = tfNorm, computed from:
                  2 = termFreq=2
                  1.2 = parameter k1
                  0.75 = parameter b
                  2.3333333 = avgFieldLength
                  4 = fieldLength
        """);

    [Fact]
    public void Explain_NotFiltered_SaysWhichFilter() => AssertExplains(
        _fruit.Bm25, new FilteredQuery(Fruit.Term("kiwi"), new QueryWrapperFilter(Fruit.Term("apple"))), 4,
        """
        0 = failure to match filter: QueryWrapperFilter(text:apple)
          1.3437406 = (MATCH) weight(text:kiwi in 1) [BM25Similarity], result of:
            1.3437406 = score(doc=1,freq=1 = termFreq=1
        ), product of:
              1.0296195 = idf(docFreq=2, maxDocs=6)
              1.3050847 = tfNorm, computed from:
                1 = termFreq=1
                1.2 = parameter k1
                0.75 = parameter b
                2.3333333 = avgFieldLength
                1 = fieldLength
        """);

    [Fact]
    public void ComplexExplanation_Match_IsApartFromTheValue()
    {
        var explanation = new ComplexExplanation(false, 2f, "two") { Match = true };
        Assert.True(explanation.IsMatch);
        explanation.Match = null;
        Assert.True(explanation.IsMatch);
        explanation.Value = 0f;
        Assert.False(explanation.IsMatch);
    }

    [Fact]
    public void GetDetails_WithoutAny_IsNull()
    {
        var explanation = new Explanation { Value = 1f, Description = "one" };
        Assert.Null(explanation.GetDetails());
        explanation.AddDetail(new Explanation(0.5f, "half"));

        Assert.Equal("half", Assert.Single(explanation.GetDetails()).Description);
        Assert.Equal("1 = one\n  0.5 = half\n", explanation.ToString());
    }

    public void Dispose() => _fruit.Dispose();

    private static void AssertExplains(IndexSearcher searcher, Query query, int doc, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n") + "\n", searcher.Explain(query, doc).ToString());
}
