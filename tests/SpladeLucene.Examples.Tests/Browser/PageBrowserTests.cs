using System.Globalization;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
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
        await Expect(visit.Status).ToContainTextAsync("Answers with a ✓ were judged relevant");
        await Expect(visit.Page.Locator("#column-meaning .worth")).ToContainTextAsync("nDCG@10 over 2 judged queries");
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
    public async Task Keyboard_Alone_SearchesOpensAndCloses()
    {
        await using Visit visit = await VisitAsync();
        ILocator hit = visit.Page.Locator("#column-words .hit").First;
        await TabToAsync(visit, "document.activeElement.id === 'query'");
        await visit.Page.Keyboard.TypeAsync("dog");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.AnsweredAsync();

        await TabToAsync(visit, "document.activeElement.closest('#column-words') !== null");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Why.GetByRole(AriaRole.Heading, new() { Name = "A dog barks" })).ToBeFocusedAsync();
        Assert.Contains("open=2", visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.Keyboard.PressAsync("Escape");

        await Expect(visit.Why).ToBeHiddenAsync();
        await Expect(hit).ToBeFocusedAsync();
        Assert.DoesNotContain("open=", visit.Page.Url, StringComparison.Ordinal);
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
        await visit.Page.GetByLabel("A document, by its title or id").FillAsync("nowhere");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Status).ToContainTextAsync("no document 'nowhere'");
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

    [BrowserFact]
    public async Task Phone_OneColumnAtATimeAndNothingBesideTheScreen()
    {
        await using Visit visit = await VisitAsync("?q=dog", width: 360);
        await visit.AnsweredAsync();

        await Expect(visit.Page.Locator("#column-meaning")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#column-words")).ToBeHiddenAsync();
        await visit.Page.Locator("#chooser").GetByRole(AriaRole.Button, new() { Name = "Words" }).ClickAsync();
        await Expect(visit.Page.Locator("#column-words")).ToBeVisibleAsync();
        foreach (string address in new[] { "?q=dog", "?q=dog&open=1", "?view=all" })
        {
            await visit.GoAsync(address);
            await SettledAsync(visit, address);
            Assert.Equal(360, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }

    [BrowserTheory]
    [InlineData("", 1280, false)]
    [InlineData("?q=dog&beside=splade-small-en&fusion=0.2", 1280, true)]
    [InlineData("?q=dog&open=1", 1280, false)]
    [InlineData("?q=dog&open=1", 360, true)]
    [InlineData("?view=all", 1280, true)]
    [InlineData("?view=all", 360, false)]
    public async Task Accessibility_EachView_HasNoSeriousFault(string address, int width, bool dark)
    {
        await using Visit visit = await VisitAsync(address, width, dark);
        await SettledAsync(visit, address);
        await visit.Page.EvaluateAsync("for (const each of document.querySelectorAll('details')) each.open = true");

        AxeResult result = await visit.Page.RunAxe();

        Assert.DoesNotContain(result.Violations.Select(violation =>
                $"{violation.Impact} {violation.Id}: {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}"),
            violation => violation.StartsWith("serious", StringComparison.Ordinal) || violation.StartsWith("critical", StringComparison.Ordinal));
        Assert.NotEmpty(result.Passes);
    }

    private Task<Visit> VisitAsync(string address = "", int width = 1280, bool dark = false) =>
        browser.VisitAsync(site.Client.BaseAddress!, address, width, dark);

    private static Task SettledAsync(Visit visit, string address) =>
        address.Contains("open=", StringComparison.Ordinal) ? Expect(visit.Why.Locator(".sides")).ToBeVisibleAsync()
        : address.Contains("view=all", StringComparison.Ordinal) ? Expect(visit.Page.Locator("#all .chart")).ToBeVisibleAsync()
        : address.Contains("q=", StringComparison.Ordinal) ? visit.AnsweredAsync()
        : Expect(visit.Page.Locator("#tries button").First).ToBeVisibleAsync();

    private static async Task TabToAsync(Visit visit, string there)
    {
        for (int i = 0; i < 40; i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            if (await visit.Page.EvaluateAsync<bool>(there)) return;
        }

        Assert.Fail("Tab never came to: " + there);
    }

    private static IEnumerable<string?> Ids(JsonElement answer, string column) =>
        answer.GetProperty(column).EnumerateArray().Select(hit => hit.GetProperty("id").GetString());
}
