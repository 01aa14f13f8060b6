using System.Globalization;
using System.Text.Json;
using SideBySide;

namespace SpladeLucene.Examples.Tests;

public sealed class PageSentencesTests(PageFixture page) : IClassFixture<PageFixture>
{
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
    public async Task Search_MoreDifferentWordsThanClauses_IsCutAndSaysSo()
    {
        string query = "dog " + string.Join(' ', Enumerable.Range(0, 1_500).Select(i => $"w{i}"));

        JsonElement answer = await page.AskAsync("api/search?q=" + Uri.EscapeDataString(query));

        Assert.Equal(["2"], Ids(answer, "words"));
        string[] notices = Notices(answer);
        Assert.Contains(notices, notice => notice.StartsWith("Words: only the first 1024", StringComparison.Ordinal));
        Assert.Contains(notices, notice => notice.StartsWith("Meaning: the model reads", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dogs barking")]
    [InlineData("dogs barking moons canines")]
    [InlineData("illnesses and physicians")]
    public async Task Why_HitOfTheFirstTen_IsNotToldWhatItLacksByMeaning(string query)
    {
        foreach (JsonElement hit in (await page.AskAsync("api/search?q=" + Uri.EscapeDataString(query))).GetProperty("meaning").EnumerateArray())
        {
            string verdict = await MeaningOfAsync($"api/why?q={Uri.EscapeDataString(query)}&id={hit.GetProperty("id").GetString()}");
            Assert.DoesNotContain("lacks", verdict, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Why_DocumentThatSaysAWordInAnotherForm_DoesNotLackTheWord()
    {
        string verdict = await MeaningOfAsync("api/why?q=" + Uri.EscapeDataString("canines sleeping market market prices shares") + "&id=1&floor=1");

        Assert.Contains("under the floor", verdict, StringComparison.Ordinal);
        Assert.Contains("it lacks “market”", verdict, StringComparison.Ordinal);
        Assert.DoesNotContain("canine", verdict, StringComparison.Ordinal);
        Assert.DoesNotContain("sleep", verdict, StringComparison.Ordinal);
    }

    private async Task<string> MeaningOfAsync(string path) =>
        (await page.AskAsync(path)).GetProperty("meaning").GetProperty("verdict").GetString()!;

    private static string[] Notices(JsonElement answer) =>
        [.. answer.GetProperty("notices").EnumerateArray().Select(notice => notice.GetString()!)];

    private static IEnumerable<string?> Ids(JsonElement answer, string column) =>
        answer.GetProperty(column).EnumerateArray().Select(hit => hit.GetProperty("id").GetString());
}
