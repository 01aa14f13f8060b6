using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SpladeLucene.Examples.Tests.Browser;

/// <summary>What is shown is what the address and the settings say, on the way there and back.</summary>
[Trait("Category", "Browser")]
public sealed class PageStateTests(PageFixture site, BrowserFixture browser)
    : IClassFixture<PageFixture>, IClassFixture<BrowserFixture>
{
    [BrowserFact]
    public async Task Model_AnotherOne_HeadAndKindsAndExamplesAreThose()
    {
        await using Visit visit = await VisitAsync("?q=dog&model=splade-small-en&expansion=0&floor=1");

        await Expect(visit.Page.Locator("#about")).ToContainTextAsync("by BM25 and by splade-small-en");
        double meaning = (await site.AskAsync("api/measure?model=splade-small-en&expansion=0&floor=1")).GetProperty("kinds")[0]
            .GetProperty("meaning").GetDouble();
        await Expect(visit.Page.Locator("#kinds tbody tr").First.Locator("td").Nth(2)).ToHaveTextAsync(FormattableString.Invariant($"{meaning:0.000}"));
        await Expect(visit.Page.Locator("#tries")).Not.ToContainTextAsync("dog");
        await Expect(visit.Page.Locator("#settings-now")).ToHaveTextAsync("splade-small-en, floor 1.00, expansion weight 0.00");
    }

    [BrowserFact]
    public async Task Measuring_SliderMoved_NoOldNumberIsLeft()
    {
        await using Visit visit = await VisitAsync("?q=dog");
        ILocator worth = visit.Page.Locator("#column-meaning .worth");
        await Expect(worth).ToContainTextAsync("nDCG@10");
        var held = new TaskCompletionSource();
        await visit.Page.RouteAsync("**/api/measure?floor=*", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        await visit.Page.Locator("#settings summary").ClickAsync();

        await visit.Page.GetByLabel("Floor").FocusAsync();
        await visit.Page.Keyboard.PressAsync("End");

        await Expect(worth).ToHaveTextAsync("measuring on the judged queries …");
        await Expect(visit.Page.Locator("#kinds")).ToHaveClassAsync("stale");
        held.SetResult();
        await Expect(worth).ToContainTextAsync("nDCG@10");
        await Expect(visit.Page.Locator("#kinds")).Not.ToHaveClassAsync("stale");
    }

    [BrowserFact]
    public async Task All_SettingsOfTheOtherView_AreNamedAndCanBeReset()
    {
        await using Visit visit = await VisitAsync("?view=all&floor=1&model=splade-small-en");
        ILocator by = visit.Page.Locator("#all .by");
        await Expect(by).ToContainTextAsync("Meaning by splade-small-en, with floor 1.00.");

        await by.GetByRole(AriaRole.Button, new() { Name = "Back to what" }).ClickAsync();

        await Expect(by).ToHaveTextAsync("Meaning by splade-tiny-en, as it was calibrated.");
        Assert.EndsWith("?view=all", visit.Page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task All_Ranks_AreSaidAsTheyAreCounted()
    {
        await using Visit visit = await VisitAsync("?view=all&kind=nonsense");

        await Expect(visit.Page.Locator("#all .sum")).ToContainTextAsync("neither has anything relevant in the first ten");
        await Expect(visit.Page.Locator("#all")).ToContainTextAsync("Counted by nDCG@10");
        await Expect(visit.Page.Locator("#all .r", new() { HasTextString = "not found → 2" })).ToHaveCountAsync(1);
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"\?view=all$"));
    }

    [BrowserFact]
    public async Task All_LineClicked_OpensTheQueryThatIsNamed()
    {
        await using Visit visit = await VisitAsync("?view=all");
        foreach (string query in new[] { "dog", "doctor cures the sick" })
        {
            await visit.GoAsync("?view=all");
            await Expect(visit.Page.Locator("#all .slope")).ToHaveCountAsync(2);
            float[] point = await visit.Page.EvaluateAsync<float[]>("""
                query => {
                  const line = [...document.querySelectorAll('.slope')].find(line => line.dataset.query === query);
                  const [from, to] = [Number(line.dataset.from), Number(line.dataset.to)];
                  const { x, y } = new DOMPoint(200, from + (200 - 130) / (550 - 130) * (to - from) + 2).matrixTransform(line.getScreenCTM());
                  return [x, y];
                }
                """, query);

            await visit.Page.Mouse.MoveAsync(point[0], point[1]);
            await Expect(visit.Page.Locator(".pointed p")).ToContainTextAsync(query);
            await Expect(visit.Page.Locator(".slope.same")).ToHaveAttributeAsync("data-query", query);
            await visit.Page.Mouse.ClickAsync(point[0], point[1]);

            await Expect(visit.Page.GetByLabel("Ask in words")).ToHaveValueAsync(query);
        }
    }

    [BrowserFact]
    public async Task Why_ClosedInAnyWay_BackDoesNotOpenItAgainAndTheHitHasTheFocus()
    {
        await using Visit visit = await VisitAsync();
        await visit.SearchAsync("dog");
        ILocator hit = visit.Page.Locator("#column-words .hit").First;
        Func<Task>[] ways = [() => visit.Page.Keyboard.PressAsync("Escape"), () => visit.Page.Mouse.ClickAsync(3, 3), () => visit.Page.GoBackAsync()];
        foreach (Func<Task> closes in ways)
        {
            await hit.ClickAsync();
            await Expect(visit.Why).ToBeVisibleAsync();
            await closes();
            await Expect(visit.Why).ToBeHiddenAsync();
            await Expect(hit).ToBeFocusedAsync();
            await Expect(visit.Page).ToHaveURLAsync(new Regex(@"\?q=dog$"));
        }

        await visit.Page.GoBackAsync();

        await Expect(visit.Page.GetByLabel("Ask in words")).ToHaveValueAsync("");
        await Expect(visit.Why).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task Beside_OtherModel_HasItsWorthAndTheSameOneIsNoChoice()
    {
        await using Visit visit = await VisitAsync("?q=dog&beside=splade-tiny-en");
        await visit.AnsweredAsync();
        await Expect(visit.Page.Locator("#column-beside")).ToHaveCountAsync(0);
        Assert.Equal(["", "splade-small-en"],
            await visit.Page.Locator("#set-beside option").EvaluateAllAsync<string[]>("all => all.map(one => one.value)"));
        await visit.Page.Locator("#settings summary").ClickAsync();

        await visit.Page.GetByLabel("Beside it").SelectOptionAsync("splade-small-en");

        double worth = (await site.AskAsync("api/measure?model=splade-small-en")).GetProperty("meaning").GetProperty("ndcg").GetDouble();
        await Expect(visit.Page.Locator("#column-beside .worth")).ToContainTextAsync(FormattableString.Invariant($": {worth:0.000}"));
        await visit.Page.Locator("#set-model").SelectOptionAsync("splade-small-en");
        await Expect(visit.Page.Locator("#column-beside")).ToHaveCountAsync(0);
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"\?q=dog&model=splade-small-en$"));
    }

    private Task<Visit> VisitAsync(string address = "") => browser.VisitAsync(site.Client.BaseAddress!, address);
}
