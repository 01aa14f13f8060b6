using System.Net;
using System.Text.Json;
using SideBySide;
using SideBySide.Web;

namespace SpladeLucene.Examples.Tests;

public sealed class SideBySidePageTests(PageFixture page) : IClassFixture<PageFixture>
{
    [Fact]
    public async Task Search_JudgedQuery_ColumnsAreTheRankingsAndAnswersAreMarked()
    {
        JsonElement answer = await page.AskAsync("api/search?q=dog");

        Found found = page.Rankings.Search("dog", page.Rankings.Defaults, 10);
        Assert.Equal(found.Words.Select(hit => hit.Id), Ids(answer, "words"));
        Assert.Equal(found.Meaning.Select(hit => hit.Id), Ids(answer, "meaning"));
        Assert.Equal(found.Fused.Select(hit => hit.Id), Ids(answer, "fused"));
        JsonElement judged = answer.GetProperty("meaning").EnumerateArray()
            .Single(hit => hit.GetProperty("relevant").GetBoolean());
        Assert.Equal("1", judged.GetProperty("id").GetString());
        Assert.Equal(PageFixture.Canine, judged.GetProperty("title").GetString());
    }

    [Fact]
    public async Task Search_SecondModelBeside_IsThatModelsRanking()
    {
        JsonElement answer = await page.AskAsync("api/search?q=doctor&beside=splade-small-en");

        var small = RankingSettings.Of(page.Rankings.Models[1]);
        Assert.Equal(page.Rankings.Search("doctor", small, 10).Meaning.Select(hit => hit.Id), Ids(answer, "beside"));
        Assert.Equal(page.Rankings.Search("doctor", page.Rankings.Defaults, 10).Meaning.Select(hit => hit.Id), Ids(answer, "meaning"));
    }

    [Fact]
    public async Task Search_NoExpansions_FindsWhatSaysTheWordAlone()
    {
        JsonElement answer = await page.AskAsync("api/search?q=dog&expansion=0&fusion=1");

        Assert.All(answer.GetProperty("expansion").EnumerateArray(), term => Assert.True(term.GetProperty("typed").GetBoolean()));
        Assert.Equal("2", Ids(answer, "fused").First());
    }

    [Fact]
    public async Task Why_EmojiAndAccentBefore_MarksTheWholeWordAndKeepsTheText()
    {
        JsonElement answer = await page.AskAsync("api/why?q=dog&id=1");

        JsonElement[] pieces = [.. answer.GetProperty("text").EnumerateArray()];
        Assert.Equal(PageFixture.Canine, string.Concat(pieces.Select(piece => piece.GetProperty("text").GetString())));
        Assert.Contains(pieces, piece => piece.GetProperty("mark").GetString() == "expansion"
            && piece.GetProperty("text").GetString() == "canine");
        Assert.Contains(answer.GetProperty("meaning").GetProperty("reasons").EnumerateArray(), reason =>
            reason.GetProperty("query").GetString() == "dog" && reason.GetProperty("document").GetString() == "canine");
    }

    [Fact]
    public async Task Why_EachScore_IsTheSumOfItsReasonsAndSharesAreWhole()
    {
        JsonElement answer = await page.AskAsync("api/why?q=" + Uri.EscapeDataString("the dog barks") + "&id=2");

        foreach (string side in new[] { "words", "meaning" })
        {
            JsonElement given = answer.GetProperty(side);
            double score = (await page.AskAsync("api/search?q=" + Uri.EscapeDataString("the dog barks"))).GetProperty(side)
                .EnumerateArray().Single(hit => hit.GetProperty("id").GetString() == "2").GetProperty("score").GetDouble();
            Assert.Equal(score, given.GetProperty("reasons").EnumerateArray().Sum(reason => reason.GetProperty("score").GetDouble()), 1e-4);
        }

        Assert.Equal(1, answer.GetProperty("shares").EnumerateObject().Sum(share => share.Value.GetDouble()), 1e-5);
    }

    [Theory]
    [InlineData("api/why?q=dog&id=3", "words", "None of the query's words")]
    [InlineData("api/why?q=dog&id=3", "fused", "Neither side found it")]
    [InlineData("api/why?q=dog+barks+moon&id=1&floor=1", "meaning", "under the floor of")]
    [InlineData("api/why?q=dog+barks+moon&id=1&floor=0", "meaning", "Rank 2, with a score of")]
    [InlineData("api/why?q=dog+mud&id=2", "words", "It lacks “mud”")]
    public async Task Why_DocumentThatIsNotThere_SaysWhatIsMissing(string path, string side, string sentence)
    {
        JsonElement answer = await page.AskAsync(path + (path.Contains("id=3", StringComparison.Ordinal) ? "&expansion=0" : ""));

        Assert.Contains(sentence, answer.GetProperty(side).GetProperty("verdict").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api/search", "q is empty")]
    [InlineData("api/search?q=%20", "q is empty")]
    [InlineData("api/why?q=dog&id=none", "no document 'none'")]
    [InlineData("api/search?q=dog&model=none", "no model 'none' here: splade-tiny-en, splade-small-en")]
    [InlineData("api/search?q=dog&beside=none", "no model 'none'")]
    [InlineData("api/search?q=dog&fusion=1.5", "fusion weight 1.5 does not lie between 0 and 1")]
    [InlineData("api/search?q=dog&floor=-1", "floor -1 does not lie")]
    [InlineData("api/measure?idf=NaN", "idf exponent NaN does not lie")]
    [InlineData("api/measure?expansion=much", "expansion 'much' is no number")]
    public async Task Ask_BadInput_IsRefusedWithASentence(string path, string sentence)
    {
        using HttpResponseMessage answer = await page.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        string said = await answer.Content.ReadAsStringAsync();
        Assert.Contains(sentence, said, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dog ", 10_000)]
    [InlineData("housekeeper ", 10_000)]
    [InlineData("<script>", 10_000)]
    public async Task Search_LongQuery_IsAnswered(string piece, int length)
    {
        JsonElement answer = await page.AskAsync("api/search?q=" + Uri.EscapeDataString(Long(piece, length)));

        Assert.Equal(Ids(answer, "meaning").Union(Ids(answer, "words")).Order(StringComparer.Ordinal),
            Ids(answer, "fused").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Search_WordInsideAnother_IsNoTypedWord()
    {
        JsonElement answer = await page.AskAsync("api/search?q=" + Uri.EscapeDataString("carpet dog"));

        Dictionary<string, bool> typed = answer.GetProperty("expansion").EnumerateArray().ToDictionary(
            term => term.GetProperty("term").GetString()!, term => term.GetProperty("typed").GetBoolean());
        Assert.True(typed["dog"]);
        Assert.False(typed["pet"]);
    }

    [Fact]
    public async Task Search_LongerThanTheLimit_IsRefusedWithASentence()
    {
        using HttpResponseMessage answer = await page.Client.GetAsync(
            new Uri("api/search?q=" + Uri.EscapeDataString(Long("犬", 10_001)), UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("longer than 10000", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host", "example.org")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Ask_FromElsewhere_IsRefused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/start");
        request.Headers.TryAddWithoutValidation(header, value);

        using HttpResponseMessage answer = await page.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Page_EachFile_IsServedAndNeedsNoOtherHostAndNoMarkupFromData()
    {
        string[] files = [.. typeof(PageServer).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("Page.", StringComparison.Ordinal)).Select(name => name["Page.".Length..])];

        Assert.Contains("page.js", files);
        foreach (string file in files)
        {
            using HttpResponseMessage answer = await page.Client.GetAsync(
                new Uri(file == "page.html" ? "" : file, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.StartsWith("default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            string text = await answer.Content.ReadAsStringAsync();
            text = text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
            Assert.DoesNotContain("://", text, StringComparison.Ordinal);
            Assert.DoesNotContain("innerHTML", text, StringComparison.Ordinal);
            // What a browser does with null is dom.js's to prevent.
            if (file != "dom.js") Assert.DoesNotContain("replaceChildren", text, StringComparison.Ordinal);
            Assert.InRange(text.Split('\n').Length, 1, 250);
        }
    }

    private static string Long(string piece, int length) =>
        string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1))[..length];

    private static IEnumerable<string?> Ids(JsonElement answer, string column) =>
        answer.GetProperty(column).EnumerateArray().Select(hit => hit.GetProperty("id").GetString());
}
