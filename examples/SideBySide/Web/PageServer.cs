using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SideBySide.Web;

/// <summary>Serves the page and its answers on loopback; nobody else on the network reaches it.</summary>
internal static class PageServer
{
    private const int LongestQuery = 10_000;

    // A query of the greatest length, each unit escaped as three bytes.
    private const int LongestRequestLine = (LongestQuery * 9) + 4096;

    /// <summary>Started, on a free port; the first of its <c>Urls</c> is the address.</summary>
    public static async Task<WebApplication> StartAsync(PageAnswers answers, CancellationToken cancellation)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
        });
        WebApplication app = builder.Build();
        app.Use(GuardAsync);
        MapFile(app, "/", "page.html", "text/html; charset=utf-8");
        MapFile(app, "/page.css", "page.css", "text/css; charset=utf-8");
        MapFile(app, "/page.js", "page.js", "text/javascript; charset=utf-8");
        app.MapGet("/api/queries", () => Results.Json(answers.Queries));
        app.MapGet("/api/search", (string? q) => Answer(q, answers.Search));
        app.MapGet("/api/why", (string? q, string? id) => Answer(q, text => answers.Why(text, id ?? "")));
        await app.StartAsync(cancellation).ConfigureAwait(false);
        return app;
    }

    // A foreign site whose name resolves to loopback must not read the collection.
    private static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Host.Host is not ("localhost" or "127.0.0.1"))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync("This page answers to localhost only.", context.RequestAborted);
        }

        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    }

    private static IResult Answer<T>(string? query, Func<string, T> answer)
    {
        if (string.IsNullOrWhiteSpace(query)) return Bad("Type a query: q is empty.");
        if (query.Length > LongestQuery) return Bad($"The query is longer than {LongestQuery} characters: shorten it.");
        try
        {
            return Results.Json(answer(query));
        }
        catch (ArgumentException refused)
        {
            return Bad(refused.Message);
        }
    }

    private static IResult Bad(string sentence) =>
        Results.Text(sentence, "text/plain; charset=utf-8", statusCode: StatusCodes.Status400BadRequest);

    private static void MapFile(WebApplication app, string path, string name, string type) =>
        app.MapGet(path, () => Results.Stream(
            Assembly.GetExecutingAssembly().GetManifestResourceStream("Page." + name)!, type));
}
