// A search service: documents go in as JSON, one index keeps their words and their meaning, both are searched.
//   curl localhost:5000/articles -T ../collection/corpus.jsonl
//   curl 'localhost:5000/search?q=why+do+planes+fly'
using System.Text.Json;
using Lucene.Net.Index;
using Lucene.Net.Queries;
using Microsoft.AspNetCore.Mvc;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using SpladeLucene;

var builder = WebApplication.CreateBuilder(args);

// The settings are those of appsettings.json; what is wrong with them ends the start.
builder.Services.AddSplade().AddSpladeIndex("articles");
builder.Services.AddHealthChecks().AddSpladeIndex("articles");

OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry()
    .WithMetrics(metrics => metrics.AddMeter(SpladeTelemetry.Name, "Microsoft.AspNetCore.Hosting").AddPrometheusExporter())
    // Requests too: what happens within one is only told where the request itself is.
    .WithTracing(tracing => tracing.AddSource(SpladeTelemetry.Name, "Microsoft.AspNetCore"));
// Where a collector listens, it gets everything.
if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not null) telemetry.UseOtlpExporter();

var app = builder.Build();

// JSON lines are read, encoded and written as they come; an array does too.
app.MapPut("/articles", async (HttpRequest request, ISpladeIndex index, CancellationToken stop) =>
{
    long written = 0;
    try
    {
        await foreach (JsonElement[] batch in Documents.ReadAsync(request.Body, stop).Chunk(256).WithCancellation(stop))
            written += (await index.UpdateAsync(batch, stop)).Documents;
        return Results.Ok(new { written });
    }
    catch (Exception problem) when (problem is JsonException or ArgumentException or SpladeDocumentException)
    {
        // Whose fault it is: documents that are none, or a model that doesn't run.
        int status = problem.InnerException is SparseEncodingException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest;
        return Results.Problem(problem.Message, statusCode: status, extensions: new Dictionary<string, object?> { [nameof(written)] = written });
    }
    // No more than a batch of them is held, so a collection may be larger than the 30 MB that ASP.NET Core takes otherwise.
}).WithMetadata(new DisableRequestSizeLimitAttribute());

app.MapDelete("/articles/{id}", async (string id, ISpladeIndex index) =>
{
    await index.DeleteAsync([id]);
    return Results.NoContent();
});

// Written documents are found a second later; this doesn't wait for that.
app.MapPost("/refresh", (ISpladeIndex index) => index.RefreshAsync());

app.MapGet("/search", async (
    string q, string? kind, ISpladeIndex index, CancellationToken stop,
    string mode = nameof(SpladeSearchMode.Hybrid), int skip = 0, int count = 10) =>
{
    // ASP.NET Core's own binding wants the names' very case.
    if (!Enum.TryParse(mode, ignoreCase: true, out SpladeSearchMode by) || !Enum.IsDefined(by))
        return Results.Problem($"mode is {string.Join(", ", Enum.GetNames<SpladeSearchMode>())}.", statusCode: StatusCodes.Status400BadRequest);
    if (skip is < 0 or > 10_000 || count is < 1 or > 100)
        return Results.Problem("skip is 0 to 10000, and count 1 to 100.", statusCode: StatusCodes.Status400BadRequest);
    var wanted = new SpladeSearchRequest
    {
        Mode = by,
        Skip = skip,
        Count = count,
        Filter = kind is null ? null : new TermFilter(new Term("kind", kind)),
    };
    SpladeSearchResult found = await index.SearchAsync(q, wanted, stop);
    return Results.Ok(new
    {
        found.TotalHits,
        WordsAlone = found.MeaningFailure is not null,
        Hits = found.Hits.Select(hit => new
        {
            hit.Key, hit.Score, hit.WordsScore, hit.MeaningScore, Title = hit["title"], Text = hit["text"],
        }),
    });
});

app.MapHealthChecks("/health");
app.MapPrometheusScrapingEndpoint("/metrics");
app.Run();

internal static class Documents
{
    /// <summary>Objects one after another, or in arrays.</summary>
    public static IAsyncEnumerable<JsonElement> ReadAsync(Stream json, CancellationToken stop) =>
        JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(json, topLevelValues: true, JsonSerializerOptions.Web, stop)
            .SelectMany(IEnumerable<JsonElement> (value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value]);
}
