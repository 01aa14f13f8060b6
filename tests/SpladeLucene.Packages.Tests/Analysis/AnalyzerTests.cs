using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;
using SpladeLucene.Packages.Tests.Support;

namespace SpladeLucene.Packages.Tests.Analysis;

/// <summary>The analyzers of the fields beside a SPLADE field: tokens, offsets, positions, ends.</summary>
public sealed class AnalyzerTests
{
    private const LuceneVersion Version = LuceneVersion.LUCENE_48;

    [Theory]
    [InlineData("", "end 0")]
    [InlineData("   ", "end 3")]
    [InlineData("The quick-brown fox's 3.14 U.S.A.",
        "quick[4,9)+2 brown[10,15) fox's[16,21) 3.14[22,26) u.s.a[27,32) end 33")]
    [InlineData("e-mail me@example.org, http://a.b/c?d=1",
        "e[0,1) mail[2,6) me[7,9) example.org[10,21) http[23,27) a.b[30,33) c[34,35) d[36,37) 1[38,39) end 39")]
    [InlineData("can't won\u2019t O'Neil snake_case x1y2",
        "can't[0,5) won\u2019t[6,11) o'neil[12,18) snake_case[19,29) x1y2[30,34) end 34")]
    [InlineData("naïve CAFÉ Straße ΣΊΣΥΦΟΣ İstanbul",
        "naïve[0,5) café[6,10) straße[11,17) σίσυφοσ[18,25) İstanbul[26,34) end 34")]
    [InlineData("日本語カタカナひらがな 한국어 ไทย",
        "日[0,1) 本[1,2) 語[2,3) カタカナ[3,7) ひ[7,8) ら[8,9) が[9,10) な[10,11) 한국어[12,15) ไทย[16,19) end 19")]
    [InlineData("a👍🏽b 𐐀𐐁 x", "b[5,6)+2 𐐨𐐩[7,11) x[12,13) end 13")]
    [InlineData("1,000.50 10:30 no-no not", "1,000.50[0,8) 10[9,11) 30[12,14) end 24+3")]
    public void GetTokenStream_StandardAnalyzer_FindsWordsWithoutStopWords(string text, string expected)
    {
        using var analyzer = new StandardAnalyzer(Version);

        Assert.Equal(expected, Tokens.Of(analyzer, text));
    }

    [Fact]
    public void GetTokenStream_StandardAnalyzer_SkipsWordsOverTheLimitAndCountsTheirPlace()
    {
        using var analyzer = new StandardAnalyzer(Version);
        string longest = new('x', 255), tooLong = new('y', 256);

        Assert.Equal($"{longest}[0,255) z[513,514)+2 end 514", Tokens.Of(analyzer, $"{longest} {tooLong} z"));
    }

    [Theory]
    [InlineData("The dogs' dog's houses", "dog[4,8)+2 dog[10,15) hous[16,22) end 22")]
    [InlineData("happily generalizations relational skies dying sky",
        "happili[0,7) gener[8,23) relat[24,34) ski[35,40) dy[41,46) sky[47,50) end 50")]
    [InlineData("Not IN it, and THEN some", "some[20,24)+6 end 24")]
    public void GetTokenStream_EnglishAnalyzer_StemsWords(string text, string expected)
    {
        using var analyzer = new EnglishAnalyzer(Version);

        Assert.Equal(expected, Tokens.Of(analyzer, text));
    }

    [Theory]
    [InlineData("Tabs\tand\r\nlines  twice ", "Tabs[0,4) and[5,8) lines[10,15) twice[17,22) end 23")]
    [InlineData("no\u00A0break thin\u2009space zero\u200Bwidth ideographic\u3000space",
        "no\u00A0break[0,8) thin[9,13) space[14,19) zero\u200Bwidth[20,30) ideographic[31,42) space[43,48) end 48")]
    [InlineData("𝒳 a\u0301b", "𝒳[0,2) a\u0301b[3,6) end 6")]
    public void GetTokenStream_WhitespaceAnalyzer_CutsAtWhitespaceOnly(string text, string expected)
    {
        using var analyzer = new WhitespaceAnalyzer(Version);

        Assert.Equal(expected, Tokens.Of(analyzer, text));
    }

    [Fact]
    public void GetTokenStream_WhitespaceAnalyzer_CutsLongRunsIntoTokens()
    {
        using var analyzer = new WhitespaceAnalyzer(Version);
        string run = new('x', 255);

        Assert.Equal($"{run}[0,255) xx[255,257) end 257", Tokens.Of(analyzer, run + "xx"));
    }

    [Theory]
    [InlineData("One Whole text ", "One Whole text [0,15) end 15")]
    [InlineData("", "[0,0) end 0")]
    public void GetTokenStream_KeywordAnalyzer_IsOneToken(string text, string expected)
    {
        using var analyzer = new KeywordAnalyzer();

        Assert.Equal(expected, Tokens.Of(analyzer, text));
    }

    [Fact]
    public void GetTokenStream_StandardAnalyzerWithOtherStopWords_DropsThese()
    {
        using var none = new StandardAnalyzer(Version, CharArraySet.Empty);
        using var own = new StandardAnalyzer(Version, new CharArraySet(Version, ["FOX", "the"], ignoreCase: true));

        Assert.Equal("the[0,3) fox[4,7) is[8,10) end 10", Tokens.Of(none, "The fox is"));
        Assert.Equal("is[8,10)+3 end 10", Tokens.Of(own, "The fox is"));
    }

    [Fact]
    public void IncrementToken_TokenizerThroughFilters_GivesTheSameAsTheirAnalyzer()
    {
        var reader = new StringReader("The END of the Story");
        var words = new StandardTokenizer(Version, reader);
        var stop = new StopFilter(
            Version, new LowerCaseFilter(Version, words), new CharArraySet(Version, ["the", "of"], ignoreCase: false));

        Assert.Equal("end[4,7)+2 story[15,20)+3 end 20", Tokens.Of(stop));
    }

    [Fact]
    public void End_TrailingStopWords_CountInTheLastIncrement()
    {
        TokenStream words = new WhitespaceTokenizer(Version, new StringReader("word of the "));
        using var stop = new StopFilter(Version, words, new CharArraySet(Version, ["the", "of"], ignoreCase: false));

        Assert.Equal("word[0,4) end 12+2", Tokens.Of(stop));
    }
}
