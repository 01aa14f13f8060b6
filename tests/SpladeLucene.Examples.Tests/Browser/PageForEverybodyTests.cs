using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SpladeLucene.Examples.Tests.Browser;

[Trait("Category", "Browser")]
public sealed class PageForEverybodyTests(PageFixture site, BrowserFixture browser)
    : IClassFixture<PageFixture>, IClassFixture<BrowserFixture>
{
    [BrowserFact]
    public async Task Keyboard_Alone_SearchesOpensAndCloses()
    {
        await using Visit visit = await VisitAsync();
        ILocator hit = visit.Page.Locator("#column-words .hit").First;
        await TabToAsync(visit, "document.activeElement.id === 'query'");
        await visit.Page.Keyboard.TypeAsync("dog");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.AnsweredAsync();

        await TabToAsync(visit, "document.activeElement.closest('#column-words .hit') !== null");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Why.GetByRole(AriaRole.Heading, new() { Name = "A dog barks" })).ToBeFocusedAsync();
        Assert.Contains("open=2", visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.Keyboard.PressAsync("Escape");

        await Expect(visit.Why).ToBeHiddenAsync();
        await Expect(hit).ToBeFocusedAsync();
        await Expect(visit.Page).Not.ToHaveURLAsync(new Regex("open="));
    }

    [BrowserFact]
    public async Task Keyboard_LongLists_CanBeSkipped()
    {
        await using Visit visit = await VisitAsync("?q=dog");
        await visit.AnsweredAsync();

        foreach (string next in new[] { "#column-meaning h2", "#column-fused h2", "#expansion h2" })
        {
            await TabToAsync(visit, "document.activeElement.className === 'past'");
            await Expect(visit.Page.Locator(".past:focus")).ToBeInViewportAsync();
            await visit.Page.Keyboard.PressAsync("Enter");
            await Expect(visit.Page.Locator(next)).ToBeFocusedAsync();
        }
    }

    [BrowserTheory]
    [InlineData("?q=dog", "One query", "#status")]
    [InlineData("?view=all", "All judged queries", "#all")]
    public async Task Views_TheCurrentOne_IsSaidToBe(string address, string name, string skipsTo)
    {
        await using Visit visit = await VisitAsync(address);

        await Expect(visit.Page.Locator("nav [aria-current=page]")).ToHaveTextAsync(name);
        await Expect(visit.Page.Locator("#skip")).ToHaveAttributeAsync("href", skipsTo);
    }

    [BrowserFact]
    public async Task Phone_AfterASearch_TheFirstHitIsSeenAndHeadingsAreWhole()
    {
        await using Visit visit = await VisitAsync("?q=bread", width: 360);
        await visit.AnsweredAsync();
        await visit.Page.SetViewportSizeAsync(360, 560);

        await visit.SearchAsync("dog");

        await Expect(visit.Page.Locator(".column.shown .hit").First).ToBeInViewportAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>(
            "[...document.querySelectorAll('.kinds th')].every(head => head.offsetHeight < 2 * parseFloat(getComputedStyle(head).lineHeight))"));
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

    private Task<Visit> VisitAsync(string address = "", int width = 1280, bool dark = false) =>
        browser.VisitAsync(site.Client.BaseAddress!, address, width, dark);
}
