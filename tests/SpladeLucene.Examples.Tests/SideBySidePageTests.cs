using System.Globalization;
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

    // One judged query has its answer first; the other one's is behind "A dog barks".
    [Fact]
    public async Task Measure_UsualStrength_IsThatOfRightFirstHits()
    {
        JsonElement measured = await page.AskAsync("api/measure");
        JsonElement right = await page.AskAsync("api/search?q=" + Uri.EscapeDataString("doctor cures the sick"));
        JsonElement weak = await page.AskAsync("api/search?q=" + Uri.EscapeDataString("moon economy theory astronauts"));

        double usual = measured.GetProperty("usualStrength").GetDouble();
        Assert.Equal("4", Ids(right, "meaning").First());
        Assert.Equal(right.GetProperty("strength").GetDouble(), usual);
        Assert.InRange(weak.GetProperty("strength").GetDouble(), 0.01 * usual, 0.99 * usual);
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

    [Fact]
    public async Task Why_DocumentUnderTheFloor_SaysOfWhichScoreTheFloorIsAShare()
    {
        double best = (await page.AskAsync("api/search?q=dog+barks+moon")).GetProperty("meaning")[0].GetProperty("score").GetDouble();

        JsonElement answer = await page.AskAsync("api/why?q=dog+barks+moon&id=1&floor=1");

        Assert.Equal(best / 2, answer.GetProperty("floor").GetProperty("least").GetDouble(), 1e-3);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"(0.50 × the best score, {best:0.00})"),
            answer.GetProperty("meaning").GetProperty("verdict").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(27.8f, 6.57f, 13.9f, "0.50 × the best score, 27.80")]
    [InlineData(10f, 8f, 8f, "1.00 × the tenth-best score, 8.00")]
    [InlineData(10f, 0f, 5f, "0.50 × the best score, 10.00")]
    public void QueryFloor_OfAModel_IsTheLargerOfTheTwoShares(float best, float tenth, float least, string words)
    {
        var floor = QueryFloor.Of(ScoreFloor.OfModel(1), best, tenth);

        Assert.Equal(least, floor.Least);
        Assert.Equal(words, floor.InWords);
    }

    [Theory]
    [InlineData("4", "4")]
    [InlineData("Doctors", "4")]
    [InlineData(" doctors ", "4")]
    [InlineData("Doctors · 4", "4")]
    [InlineData("The train is late again. · 9", "9")]
    public async Task Document_IdTitleOrSuggestion_IsFound(string name, string id)
    {
        JsonElement answer = await page.AskAsync("api/document?name=" + Uri.EscapeDataString(name));

        Assert.Equal(id, answer.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("the train is late again.", "2 documents have the title “the train is late again.”: type the id of one, 8, 9.")]
    [InlineData("nowhere", "no document with the title or id “nowhere”")]
    [InlineData("The train is late again. · 4", "no document with the title or id")]
    public async Task Document_NameOfNoneOrSeveral_IsAnsweredWithASentence(string name, string sentence)
    {
        JsonElement answer = await page.AskAsync("api/document?name=" + Uri.EscapeDataString(name));

        Assert.Equal(JsonValueKind.Null, answer.GetProperty("id").ValueKind);
        Assert.Contains(sentence, answer.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    // What the model knows only in pieces gets related words where a sentence is around it, and none alone.
    [Theory]
    [InlineData("apiarist", false)]
    [InlineData("apiarist prepares hives for the cold months", true)]
    [InlineData("asdfgh qwertz", false)]
    public async Task Search_WordInPieces_SaysWhatTheModelAddsThere(string query, bool hasGuesses)
    {
        JsonElement answer = await page.AskAsync("api/search?model=splade-small-en&q=" + Uri.EscapeDataString(query));

        string said = Notices(answer).Single();
        string[] added = [.. answer.GetProperty("expansion").EnumerateArray()
            .Where(term => !term.GetProperty("typed").GetBoolean() && said.Contains($"“{term.GetProperty("word").GetString()}”", StringComparison.Ordinal))
            .Select(term => term.GetProperty("term").GetString()!)];
        Assert.Equal(hasGuesses, added.Length > 0);
        Assert.Contains("only in pieces and looks for what is spelled alike, which no document has; ", said, StringComparison.Ordinal);
        Assert.EndsWith(hasGuesses
            ? $"guesses what is related: {string.Join(", ", added.Take(3).Select(term => $"“{term}”"))}." : "it adds nothing related.",
            said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the", "Words: without signs")]
    [InlineData("(((", "Words: without signs")]
    [InlineData("😀", "Meaning: the model gives nothing in it any weight.")]
    public async Task Search_NothingLeftOfTheQuery_SaysWhy(string query, string sentence)
    {
        JsonElement answer = await page.AskAsync("api/search?q=" + Uri.EscapeDataString(query));

        Assert.Contains(Notices(answer), notice => notice.StartsWith(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Measure_ChangedControls_EachHasItsEffect()
    {
        JsonElement own = await page.AskAsync("api/measure");
        JsonElement turned = await page.AskAsync("api/measure?expansion=0&fusion=0");

        Assert.Equal(2, own.GetProperty("queries").GetInt32());
        Assert.Empty(own.GetProperty("effects").EnumerateObject());
        Assert.Equal(["expansion", "fusion"],
            turned.GetProperty("effects").EnumerateObject().Select(effect => effect.Name).Order(StringComparer.Ordinal));
        double lost = Ndcg(turned, "fused") - Ndcg(await page.AskAsync("api/measure?expansion=0"), "fused");
        Assert.True(lost < 0);
        Assert.Equal(lost, turned.GetProperty("effects").GetProperty("fusion").GetProperty("fused")
            .GetProperty("mean").GetDouble(), 1e-9);
        Assert.Equal(Ndcg(turned, "words"), Ndcg(turned, "fused"), 1e-9);
    }

    // A model is compared with another one under the same controls, as far as they were moved.
    [Fact]
    public async Task Measure_OtherModelUnderAMovedControl_IsComparedUnderIt()
    {
        JsonElement small = await page.AskAsync("api/measure?model=splade-small-en&fusion=0");

        // Words alone decide in both, and only by its own weight would the other model's fused ranking be another.
        Assert.NotEqual(Ndcg(small, "fused"), Ndcg(await page.AskAsync("api/measure"), "fused"), 1e-9);
        Assert.Equal(0, small.GetProperty("effects").GetProperty("model").GetProperty("fused").GetProperty("mean").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Judged_EachQuery_HasTheRanksOfItsAnswers()
    {
        JsonElement rows = await page.AskAsync("api/judged");

        JsonElement answer = rows.EnumerateArray().Single(row => row.GetProperty("query").GetString() == "dog")
            .GetProperty("answers").EnumerateArray().Single();
        Assert.Equal("1", answer.GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("words").ValueKind);
        Assert.Equal(2, answer.GetProperty("meaning").GetInt32());
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
    public async Task Search_MoreDifferentWordsThanClauses_IsCutAndSaysSo()
    {
        string query = "dog " + string.Join(' ', Enumerable.Range(0, 1_500).Select(i => $"w{i}"));

        JsonElement answer = await page.AskAsync("api/search?q=" + Uri.EscapeDataString(query));

        Assert.Equal(["2"], Ids(answer, "words"));
        string[] notices = Notices(answer);
        Assert.Contains(notices, notice => notice.StartsWith("Words: only the first 1024", StringComparison.Ordinal));
        Assert.Contains(notices, notice => notice.StartsWith("Meaning: the model reads", StringComparison.Ordinal));
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

    private static double Ndcg(JsonElement measured, string side) =>
        measured.GetProperty(side).GetProperty("ndcg").GetDouble();

    private static string[] Notices(JsonElement answer) =>
        [.. answer.GetProperty("notices").EnumerateArray().Select(notice => notice.GetString()!)];

    private static IEnumerable<string?> Ids(JsonElement answer, string column) =>
        answer.GetProperty(column).EnumerateArray().Select(hit => hit.GetProperty("id").GetString());
}
