using Microsoft.Playwright;

namespace SpladeLucene.Examples.Tests.Browser;

/// <summary>One browser, without a window, for as long as a class of tests runs.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    // A machine that tests many projects at once is slow at times; what never comes still fails.
    private const float Patience = 60_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null) return;
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium.Path,
            // Chromium refuses its sandbox to root, who runs tests in containers.
            Args = Environment.UserName == "root" ? ["--disable-gpu", "--no-sandbox"] : ["--disable-gpu"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A tab of its own, with nothing of another's.</summary>
    internal async Task<Visit> VisitAsync(Uri site, string address = "", int width = 1280, bool dark = false)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience);
        var visit = new Visit(context, await context.NewPageAsync());
        await visit.GoAsync(address);
        return visit;
    }
}

/// <summary>A tab, and what went wrong in it.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, problem) => Problems.Add(problem);
        page.Console += (_, said) =>
        {
            // A refused request is said on the page; the browser notes it too.
            if (said.Type == "error") (said.Text.Contains("400 (Bad Request)", StringComparison.Ordinal) ? Refused : Problems).Add(said.Text);
        };
        page.Dialog += (_, dialog) =>
        {
            Problems.Add("A dialog came up: " + dialog.Message);
            _ = dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, of the content security policy and on the console.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Requests that the server refused, as the console notes them.</summary>
    public List<string> Refused { get; } = [];

    public ILocator Status => Page.Locator("#status");

    public ILocator Why => Page.Locator("#why");

    public async Task GoAsync(string address)
    {
        await Page.GotoAsync(address);
        await Assertions.Expect(Page.Locator("#about")).ToContainTextAsync("documents in one Lucene index");
    }

    /// <summary>Types a query and waits for its answer.</summary>
    public async Task SearchAsync(string query)
    {
        await Page.GetByLabel("Ask in words").FillAsync(query);
        await Page.Keyboard.PressAsync("Enter");
        await AnsweredAsync();
    }

    public Task AnsweredAsync() => Assertions.Expect(Status).ToContainTextAsync("Words found");

    /// <summary>The documents that a column shows, the first first.</summary>
    public Task<string[]> ColumnAsync(string name) =>
        Page.Locator($"#column-{name} li").EvaluateAllAsync<string[]>("items => items.map(item => item.dataset.id)");

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
