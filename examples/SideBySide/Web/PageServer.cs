using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SpladeLucene;

namespace SideBySide.Web;

/// <summary>Serves the page and its answers on loopback; nobody else on the network reaches it.</summary>
internal static class PageServer
{
    private const int LongestQuery = 10_000;

    // A query of the greatest length, each unit escaped as three bytes.
    private const int LongestRequestLine = (LongestQuery * 9) + 4096;

    private const string FilePrefix = "Page.";

    /// <summary>Started, on a free port; the first of its <c>Urls</c> is the address.</summary>
    public static async Task<WebApplication> StartAsync(PageAnswers answers, CancellationToken cancellation)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // No variable and no file of the machine's makes it listen elsewhere.
        builder.Configuration.Sources.Clear();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
        });
        WebApplication app = builder.Build();
        app.Use(GuardAsync);
        MapFiles(app);
        MapAnswers(app, answers);
        await app.StartAsync(cancellation).ConfigureAwait(false);
        return app;
    }

    private static void MapAnswers(WebApplication app, PageAnswers answers)
    {
        app.MapGet("/api/start", () => Answer(answers.Start));
        app.MapGet("/api/search", (HttpRequest asked) => Answer(() => answers.Search(
            QueryOf(asked), SettingsOf(asked), PageSettings.ModelOf(asked.Query["beside"], answers.Rankings))));
        app.MapGet("/api/document", (HttpRequest asked) => Answer(() => answers.Document(asked.Query["name"].ToString())));
        app.MapGet("/api/why", (HttpRequest asked) => Answer(() =>
            answers.Why(QueryOf(asked), asked.Query["id"].ToString(), SettingsOf(asked))));
        // All judged queries are searched for each: one at a time, and not for those who have gone away meanwhile.
        var turn = new SemaphoreSlim(1);
        app.MapGet("/api/measure", (HttpRequest asked) => InTurnAsync(turn, asked, () => Answer(() =>
            answers.Measures.Measure(SettingsOf(asked), answers.Rankings.Models[0]))));
        app.MapGet("/api/judged", (HttpRequest asked) => InTurnAsync(turn, asked, () => Answer(() =>
            answers.Measures.Judged(SettingsOf(asked)))));

        RankingSettings SettingsOf(HttpRequest asked) => PageSettings.Read(asked.Query, answers.Rankings);
    }

    private static async Task<IResult> InTurnAsync(SemaphoreSlim turn, HttpRequest asked, Func<IResult> answer)
    {
        await turn.WaitAsync(asked.HttpContext.RequestAborted).ConfigureAwait(false);
        try
        {
            return answer();
        }
        finally
        {
            turn.Release();
        }
    }

    // A foreign site whose name resolves to loopback must not read the collection.
    private static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        bool foreign = context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
            && context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
        if (foreign || context.Request.Host.Host is not ("localhost" or "127.0.0.1"))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync("This page answers to localhost only.", context.RequestAborted);
        }

        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        return next(context);
    }

    private static string QueryOf(HttpRequest asked)
    {
        string query = asked.Query["q"].ToString();
        if (string.IsNullOrWhiteSpace(query)) throw new ArgumentException("Type a query: q is empty.");
        return query.Length <= LongestQuery ? query
            : throw new ArgumentException($"The query is longer than {LongestQuery} characters: shorten it.");
    }

    private static IResult Answer<T>(Func<T> answer)
    {
        try
        {
            return Results.Json(answer());
        }
        catch (Exception refused) when (refused is ArgumentException or SparseEncodingException)
        {
            return Sentence(refused, StatusCodes.Status400BadRequest);
        }
        catch (Exception failed) when (failed is InvalidOperationException or IOException)
        {
            return Sentence(failed, StatusCodes.Status500InternalServerError);
        }
    }

    private static IResult Sentence(Exception problem, int status) =>
        Results.Text(problem.Message, "text/plain; charset=utf-8", statusCode: status);

    private static void MapFiles(WebApplication app)
    {
        var self = Assembly.GetExecutingAssembly();
        foreach (string name in self.GetManifestResourceNames().Where(name => name.StartsWith(FilePrefix, StringComparison.Ordinal)))
        {
            string file = name[FilePrefix.Length..];
            app.MapGet(file == "page.html" ? "/" : "/" + file,
                () => Results.Stream(self.GetManifestResourceStream(name)!, TypeOf(file)));
        }
    }

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "text/javascript; charset=utf-8",
    };
}
