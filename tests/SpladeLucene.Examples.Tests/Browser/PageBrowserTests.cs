using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SpladeLucene.Examples.Tests.Browser;

[Trait("Category", "Browser")]
public sealed class PageBrowserTests(PageFixture site, BrowserFixture browser)
    : IClassFixture<PageFixture>, IClassFixture<BrowserFixture>
{
    [BrowserFact]
    public async Task Search_TypedQuery_ColumnsAreWhatTheApiAnswers()
    {
        await using Visit visit = await VisitAsync();

        await visit.SearchAsync("the doctor and the dog");

        JsonElement answer = await site.AskAsync("api/search?q=" + Uri.EscapeDataString("the doctor and the dog"));
        foreach (string column in new[] { "words", "meaning", "fused" }) Assert.Equal(Ids(answer, column), await visit.ColumnAsync(column));
        Assert.Contains("q=the+doctor", visit.Page.Url, StringComparison.Ordinal);
        Assert.Empty(visit.Problems);
    }

    [BrowserFact]
    public async Task Search_JudgedQuery_AnswerIsSaidToBeRelevant()
    {
        await using Visit visit = await VisitAsync("?q=dog");

        await Expect(visit.Page.Locator("#column-meaning li.relevant .badge")).ToHaveTextAsync("✓ judged relevant");
        await Expect(visit.Status).ToContainTextAsync(
            "Of the answers judged relevant (✓) words have 0 in their first ten, meaning 1, fused 1.");
        await Expect(visit.Page.Locator("#column-meaning .worth")).ToContainTextAsync("nDCG@10 over the 2 judged queries: ");

        await using Visit other = await VisitAsync("?q=zebra");
        await Expect(other.Page.Locator("#column-meaning .worth")).ToContainTextAsync("2 judged queries, of which this is none: ");
    }

    [BrowserFact]
    public async Task Search_NoGoodAnswer_IsSaidToBeWeak()
    {
        await using Visit visit = await VisitAsync("?q=moon+economy+theory+astronauts");
        await Expect(visit.Page.Locator("#weak")).ToContainTextAsync("There may be no answer here");

        await visit.SearchAsync("doctor cures the sick");
        await Expect(visit.Page.Locator("#weak")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task All_KindChosen_IsInTheAddress()
    {
        await using Visit visit = await VisitAsync("?view=all");
        await visit.Page.Locator("#kind").SelectOptionAsync("one word");
        await Expect(visit.Page.Locator("#all .slope")).ToHaveCountAsync(1);
        Assert.Contains("kind=one+word", visit.Page.Url, StringComparison.Ordinal);

        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator("#kind")).ToHaveValueAsync("one word");
        await Expect(visit.Page.Locator("#all .slope")).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task Why_EmojiAndAccentBefore_TheWholeWordIsHighlighted()
    {
        await using Visit visit = await VisitAsync("?q=dog&open=1");

        await Expect(visit.Why.Locator("mark.expansion").First).ToHaveTextAsync("canine");
        Assert.Equal(PageFixture.Canine, await visit.Why.Locator(".text").TextContentAsync());
        await Expect(visit.Why).ToContainTextAsync("None of the query's words stands in it");
        await Expect(visit.Why.Locator(".side").First.Locator(".bar.expansion").First).ToContainTextAsync("dog → ");
        Assert.Equal(0, await visit.Page.Locator("main script, #why script").CountAsync());
        Assert.Empty(visit.Problems);
    }

    [BrowserFact]
    public async Task Controls_SliderMoved_ColumnsAddressAndEffectFollow()
    {
        await using Visit visit = await VisitAsync("?q=dog");
        await visit.AnsweredAsync();
        await visit.Page.Locator("#settings summary").ClickAsync();

        await visit.Page.GetByLabel("Fusion weight").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Home");

        await Expect(visit.Page.Locator("#effect-fusion")).ToContainTextAsync("significant)");
        await Expect(visit.Page.Locator("label[for=set-fusion] output")).ToHaveTextAsync("0.00");
        await Expect(visit.Page.Locator("#column-fused li")).ToHaveCountAsync(1);
        Assert.EndsWith("?q=dog&fusion=0", visit.Page.Url, StringComparison.Ordinal);
        Assert.Equal(await visit.ColumnAsync("words"), await visit.ColumnAsync("fused"));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Back to what" }).ClickAsync();
        await Expect(visit.Page.Locator("#effect-fusion")).ToBeEmptyAsync();
        Assert.EndsWith("?q=dog", visit.Page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Controls_Untouched_StandWhereTheModelWasCalibrated()
    {
        await using Visit visit = await VisitAsync();
        await Expect(visit.Page.Locator("#settings-now")).ToHaveTextAsync("as the model was calibrated");

        JsonElement own = (await site.AskAsync("api/start")).GetProperty("models")[0];

        foreach (string control in new[] { "fusion", "floor", "expansion", "idf" })
        {
            string shown = await visit.Page.Locator("#set-" + control).InputValueAsync();
            Assert.Equal(own.GetProperty(control).GetDouble(), double.Parse(shown, CultureInfo.InvariantCulture));
        }
    }

    [BrowserFact]
    public async Task Controls_SecondModel_StandsBesideTheFirst()
    {
        await using Visit visit = await VisitAsync("?q=doctor");
        await visit.AnsweredAsync();
        await visit.Page.Locator("#settings summary").ClickAsync();

        await visit.Page.GetByLabel("Beside it").SelectOptionAsync("splade-small-en");

        await Expect(visit.Page.Locator("#column-beside h2")).ToContainTextAsync("splade-small-en");
        JsonElement answer = await site.AskAsync("api/search?q=doctor&beside=splade-small-en");
        Assert.Equal(Ids(answer, "beside"), await visit.ColumnAsync("beside"));
    }

    [BrowserTheory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("דלת 犬 👩‍👩‍👧 e\u0301")]
    public async Task Search_HostileOrForeignText_IsTextAndNothingElse(string query)
    {
        await using Visit visit = await VisitAsync();

        await visit.SearchAsync(query);

        Assert.Equal(query, await visit.Page.GetByLabel("Ask in words").InputValueAsync());
        Assert.Equal(0, await visit.Page.Locator("main img, main script").CountAsync());
        Assert.Empty(visit.Problems);
    }

    [BrowserFact]
    public async Task Search_TenThousandCharacters_IsAnswered()
    {
        await using Visit visit = await VisitAsync();

        await visit.SearchAsync(string.Concat(Enumerable.Repeat("dog barks ", 1_000)));

        Assert.Equal("2", (await visit.ColumnAsync("words"))[0]);
        await Expect(visit.Status).ToContainTextAsync("the model reads the first");
        Assert.Empty(visit.Problems);
    }

    [BrowserFact]
    public async Task Search_TwoBrowsersAtOnce_EachHasItsOwnAnswer()
    {
        await using Visit one = await VisitAsync(), other = await VisitAsync();

        await Task.WhenAll(one.SearchAsync("dog"), other.SearchAsync("bread"));

        Assert.Equal("2", (await one.ColumnAsync("words"))[0]);
        Assert.Equal("3", (await other.ColumnAsync("words"))[0]);
    }

    [BrowserFact]
    public async Task Missing_DocumentByTitle_SaysWhyItIsNotThere()
    {
        await using Visit visit = await VisitAsync("?q=bread");
        await visit.AnsweredAsync();

        await visit.Page.GetByLabel("A document, by its title or id").FillAsync("The train is late again. · 8");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Why).ToContainTextAsync("None of the query's words stands in it");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(visit.Why).ToBeHiddenAsync();
        await visit.Page.GetByLabel("A document, by its title or id").FillAsync("doctors");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Why).ToContainTextAsync("Document 4 for");
        Assert.Empty(visit.Problems);
    }

    [BrowserFact]
    public async Task Missing_NoSuchDocument_IsSaidAtTheField()
    {
        await using Visit visit = await VisitAsync("?q=bread");
        await visit.AnsweredAsync();
        ILocator field = visit.Page.GetByLabel("A document, by its title or id"), said = visit.Page.Locator("#missing-problem");

        await field.FillAsync("nowhere");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(said).ToContainTextAsync("no document with the title or id “nowhere”");
        await Expect(said).ToBeInViewportAsync();
        await Expect(field).ToHaveAccessibleDescriptionAsync(new Regex("nowhere"));
        await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(visit.Status).ToContainTextAsync("Words found");
        Assert.Empty(visit.Refused);
        await field.FillAsync("8");
        await Expect(said).ToBeEmptyAsync();
    }

    [BrowserFact]
    public async Task Link_NoSuchDocument_IsSaidAtTheFieldAndTheAnswersStay()
    {
        await using Visit visit = await VisitAsync("?q=bread&open=nowhere");

        await Expect(visit.Page.Locator("#missing-problem")).ToContainTextAsync("no document 'nowhere'");
        await Expect(visit.Status).ToContainTextAsync("Words found");
        Assert.EndsWith("?q=bread", visit.Page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Why_QueryWithoutJudgements_SaysNotJudged()
    {
        await using Visit visit = await VisitAsync("?q=bread&open=3");

        await Expect(visit.Why.Locator("h2 + p")).ToHaveTextAsync("not judged");
        await Expect(visit.Why).Not.ToContainTextAsync("null");
    }

    [BrowserFact]
    public async Task All_QueryChosen_ItsColumnsAreShownAndBackReturns()
    {
        await using Visit visit = await VisitAsync("?view=all");
        await Expect(visit.Page.Locator("#all .sum")).ToContainTextAsync("Meaning ranks better on");
        Assert.Equal(2, await visit.Page.Locator("#all .slope").CountAsync());

        await visit.Page.Locator("#all .lists button", new() { HasTextString = "dog" }).First.ClickAsync();
        await visit.AnsweredAsync();
        Assert.EndsWith("?q=dog", visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.GoBackAsync();

        await Expect(visit.Page.Locator("#all")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#one")).ToBeHiddenAsync();
        Assert.Empty(visit.Problems);
    }

    private Task<Visit> VisitAsync(string address = "", int width = 1280, bool dark = false) =>
        browser.VisitAsync(site.Client.BaseAddress!, address, width, dark);

    private static IEnumerable<string?> Ids(JsonElement answer, string column) =>
        answer.GetProperty(column).EnumerateArray().Select(hit => hit.GetProperty("id").GetString());
}
