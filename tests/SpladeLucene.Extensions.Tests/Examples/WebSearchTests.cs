extern alias websearch;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using SpladeLucene.Extensions.Tests.Support;

namespace SpladeLucene.Extensions.Tests.Examples;

/// <summary>The search service over its own collection.</summary>
public sealed class WebSearchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Service_Collection_IsSearchedCheckedMeasuredAndKept()
    {
        using (var service = new Service(_folder.Root))
        {
            using HttpClient client = service.CreateClient();
            using var corpus = new StringContent(Repository.Read("examples/collection/corpus.jsonl"));
            JsonElement written = await Json(await client.PutAsync("/articles", corpus));
            Assert.InRange(written.GetProperty("written").GetInt32(), 50, 10_000);
            (await client.PostAsync("/refresh", null)).EnsureSuccessStatusCode();

            Assert.Contains("air-01", await Keys(client, "/search?q=why+do+planes+fly"));
            string first = (await Keys(client, "/search?q=wing&mode=Words"))[0];
            Assert.Equal(first, (await Keys(client, "/search?q=wing&mode=words&count=1"))[0]);
            Assert.NotEqual(first, (await Keys(client, "/search?q=wing&mode=Words&skip=1"))[0]);
            Assert.Empty(await Keys(client, "/search?q=wing&kind=none"));
            Assert.Equal("Healthy", await client.GetStringAsync("/health"));
            Assert.Contains("splade_search_segments", await client.GetStringAsync("/metrics"), StringComparison.Ordinal);

            Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("/articles/air-01")).StatusCode);
        }

        // Stopping has committed; the deletion too.
        using var again = new Service(_folder.Root);
        using HttpClient later = again.CreateClient();
        string[] found = await Keys(later, "/search?q=why+do+planes+fly");
        Assert.NotEmpty(found);
        Assert.DoesNotContain("air-01", found);
    }

    [Fact]
    public async Task Service_WrongRequests_AreRefusedInWords()
    {
        using var service = new Service(_folder.Root);
        using HttpClient client = service.CreateClient();

        foreach (string body in new[] { "{", """{"text": "no key"}""", """[{"_id": "1", "text": {}}]""", "3" })
        {
            using var content = new StringContent(body);
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PutAsync("/articles", content)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/search?q=x&count=0")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/search?q=x&mode=magic")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/search")).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Service_BodyOverKestrelsLimit_IsWrittenToItsEnd(bool chunked)
    {
        using var service = new Service(_folder.Root);
        // The test server has no limit.
        service.UseKestrel(0);
        using HttpClient client = service.CreateClient();
        string gap = new(' ', 31_000_000);
        using var body = new StringContent($$"""{"_id": "first", "text": "a dog"}{{gap}}{"_id": "last", "text": "a fox"}""");
        using var request = new HttpRequestMessage(HttpMethod.Put, "/articles") { Content = body };
        request.Headers.TransferEncodingChunked = chunked;

        JsonElement written = await Json(await client.SendAsync(request));

        Assert.Equal(2, written.GetProperty("written").GetInt32());
    }

    [Fact]
    public async Task Service_EncoderFails_IsNotTheClientsErrorAndSaysWhatIsWritten()
    {
        using var service = new Service(_folder.Root);
        using WebApplicationFactory<websearch::Program> failing = service.WithWebHostBuilder(
            builder => builder.ConfigureTestServices(services => services.AddSingleton<ISparseEncoder>(new WordEncoder())));
        using HttpClient client = failing.CreateClient();
        using var body = new StringContent(string.Concat(Enumerable.Range(0, 257).Select(
            i => $$"""{"_id": "{{i}}", "text": "{{(i == 256 ? WordEncoder.Unencodable : "a dog")}}"}""")));

        HttpResponseMessage response = await client.PutAsync("/articles", body);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(256, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).GetProperty("written").GetInt32());
    }

    [Fact]
    public async Task Service_CollectorThatListens_GetsTracesAndMetrics()
    {
        using var collector = new OtlpCollector();
        using (var service = new Service(_folder.Root, collector.Settings))
        {
            using HttpClient client = service.CreateClient();
            await Json(await client.GetAsync("/search?q=wing"));
            // Stopping waits five seconds for it and no longer.
            service.Services.GetRequiredService<TracerProvider>().ForceFlush();
            service.Services.GetRequiredService<MeterProvider>().ForceFlush();
        }

        string sent = collector.Received();
        foreach (string name in new[] { "retrieval articles", "embeddings splade-tiny-en", "gen_ai.data_source.id", "gen_ai.retrieval.duration" })
            Assert.Contains(name, sent, StringComparison.Ordinal);
    }

    [Fact]
    public void Program_IsShort() =>
        Assert.InRange(Repository.Read("examples/WebSearch/Program.cs").Split('\n').Length, 1, 124);

    private static async Task<JsonElement> Json(HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    private static async Task<string[]> Keys(HttpClient client, string url) =>
        [.. (await Json(await client.GetAsync(url))).GetProperty("hits").EnumerateArray()
            .Select(hit => hit.GetProperty("key").GetString()!)];

    private sealed class Service(string folder, params (string Key, string Value)[] settings) : WebApplicationFactory<websearch::Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("Splade:Indexes:articles:Directory", folder);
            foreach ((string key, string value) in settings) builder.UseSetting(key, value);
        }
    }
}
